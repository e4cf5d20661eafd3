using Workflows.Web.Hosting.Keys;

namespace Workflows.Web;

/// <summary>
/// Which roles may see and do what, in the API and in the console alike. Whose rows that opens to them,
/// <see cref="Hosting.Rows.RowRights"/> decides.
/// </summary>
internal static class Permissions
{
    public const string SeeDeals = Access.Staff;
    public const string TakeInquiry = Access.Sales;
    public const string RecordReply = Access.Sales;
    public const string Quote = Access.Sales;
    public const string RecordAnswer = Access.Sales;
    public const string RecordMilestone = Access.Operations;
    public const string HandOver = Access.Managers;
    public const string GiveUp = Access.Sales;
    public const string Discard = Access.Sales;

    /// <summary>A rejected deal has no owner to whom it could be left.</summary>
    public const string Reinstate = Access.Managers;

    public const string SeeApprovals = Access.Staff;

    public const string SeeInvoices = Access.Staff;
    public const string ChangeInvoice = Access.SalesOrFinance;
    public const string SeeAgeing = Access.FinanceOrManagers;
    public const string TakePayments = Access.Finance;

    public const string SeeCredit = Access.SalesOrFinance;
    public const string HoldCredit = Access.Finance;

    public const string Review = Access.Managers;

    /// <summary>Which of them is for <see cref="Mail.MailReaders"/> to say.</summary>
    public const string SeeMails = Access.Staff;

    public const string Operate = Access.Admin;
}
