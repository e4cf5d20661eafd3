using Workflows.Platform;
using Workflows.Trade;
using Workflows.Web.Hosting.Problems;

namespace Workflows.Web.Hosting.Requests;

/// <summary>Ids out of an address. One that could not be ours is not found, like one that is not there.</summary>
internal static class RouteIds
{
    /// <exception cref="ProblemException">404.</exception>
    public static DealId Deal(string text) => new(Checked(text));

    /// <exception cref="ProblemException">404.</exception>
    public static InvoiceId Invoice(string text) => new(Checked(text));

    /// <exception cref="ProblemException">404.</exception>
    public static CustomerId Customer(string text) => new(Checked(text));

    /// <exception cref="ProblemException">404.</exception>
    public static ApprovalId Approval(string text) => new(Checked(text));

    /// <exception cref="ProblemException">404.</exception>
    public static StaffId Staff(string text) => new(Checked(text));

    /// <summary>Of a webhook.</summary>
    /// <exception cref="ProblemException">404.</exception>
    public static string Event(string text) => Checked(text);

    private static string Checked(string text) =>
        text.Length is > 0 and <= InstanceIds.MaxLength
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':' or '|')
            ? text
            : throw new ProblemException(ProblemType.NotFound);
}
