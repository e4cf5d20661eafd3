using Workflows.Mails;
using Workflows.Receivables;

namespace Workflows.Tests.Receivables;

internal static class Billing
{
    /// <summary>Bills an order, as its confirmation does.</summary>
    public static Task<IReadOnlyList<Invoice>> IssueAsync(this Scenario scenario, IssueInput input) =>
        scenario.InActivityAsync(
            context => IssueInvoices.IssueAsync(context, scenario.Policy, scenario.Get<IMailComposer>(), input));
}
