using Workflows.Approvals;
using Workflows.Approvals.Kinds;

namespace Workflows.Receivables.WriteOffs;

/// <summary>Asks to give up a receivable, as its invoice stood when that was asked.</summary>
internal static class WriteOffApproval
{
    public static ApprovalInput For(WriteOffInput input)
    {
        var invoice = input.Invoice;
        return new ApprovalInput(
            input.Approval,
            invoice.Deal,
            new WriteOffSubject(
                invoice.BillTo.Payer,
                invoice.BillTo.Country,
                invoice.Number,
                invoice.Name,
                invoice.Order,
                invoice.Amount,
                invoice.Paid,
                invoice.Open,
                invoice.Due,
                invoice.Basis,
                invoice.OffsetDays,
                invoice.DunningLevel,
                input.Reason)
            {
                Gates = input.Gates,
            },
            input.By,
            invoice.Region,
            PolicyVersion: null);
    }
}
