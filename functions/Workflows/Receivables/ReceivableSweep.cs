using System.Runtime.CompilerServices;
using Workflows.Approvals;
using Workflows.Mails;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Sweeps;
using Workflows.Trade;

namespace Workflows.Receivables;

/// <summary>
/// Every unsettled invoice has a collection that does what it says next; where not, its owner and finance are notified.
/// </summary>
internal sealed class ReceivableSweep(
    IOrchestrationClient client,
    IMailOutbox outbox,
    ITableStore tables,
    PolicyStore policies,
    IMailComposer composer,
    PublicAddress address,
    TimeProvider clock) : Sweep(client, outbox)
{
    private const int PageSize = 200;

    private static readonly InvoiceStatus[] Unsettled =
        [InvoiceStatus.NotAnchored, InvoiceStatus.Open, InvoiceStatus.Overdue, InvoiceStatus.PartPaid];

    internal override SweepKind Kind => SweepKind.Receivables;

    internal override string? PeriodOf(DateTimeOffset now, CompanyPolicy company) => SweepPeriods.Day(now, company);

    private protected override async IAsyncEnumerable<IReadOnlyList<OpenItem>> ListAsync(
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var filter in Unsettled.Select(InvoiceFilter.Of))
        {
            var pages = Pages.ReadAllAsync(
                from => InvoiceRepository.ListAsync(tables, filter, PageSize, from, cancellation));
            await foreach (var page in pages)
            {
                yield return [.. page.Items.Select(ItemOf)];
            }
        }
    }

    private protected override async Task<OpenItem?> FindAsync(OpenItem item, CancellationToken cancellation) =>
        await InvoiceRepository.FindAsync(
            tables, new InvoiceId(item.InstanceId), cancellation) is { IsSettled: false } invoice
            ? ItemOf(invoice)
            : null;

    private protected override async Task NotifyAsync(
        string id, StalledItem stalled, NotificationBatch notifications, CancellationToken cancellation)
    {
        if (await InvoiceRepository.FindAsync(tables, new InvoiceId(id), cancellation) is not { } invoice)
        {
            return;
        }

        var policy = policies.Current;
        var today = policy.Company.DayOf(clock.GetUtcNow());
        var input = new EscalationInput(
            invoice, "Nobody chases this invoice", Explain(stalled, id, policy), [StaffRole.Finance],
            "unattended|" + stalled.Occasion);
        // When the owner has left and nobody does finance, the manager is notified.
        var manager = policy.FindStaff(ApproverRule.ManagerOf(policy, invoice.Region, today))!;
        foreach (var reader in EscalateReceivable.ReadersOf(input, policy, today).DefaultIfEmpty(manager))
        {
            await notifications.OnceAsync(
                EscalateReceivable.MailId(input, reader),
                () => EscalateReceivable.ComposeAsync(input, reader, policy, today, composer, address));
        }
    }

    private static string Explain(StalledItem stalled, string id, Policy policy) =>
        "Nothing happens on this invoice by itself any more. "
        + StalledItemText.Why(stalled, "its automatic collection", policy.Company.Zone())
        + " Please look after the payment yourself, and have an administrator look at the collection:"
        + $" it is {id} in the console, under Operations. Payments that come in meanwhile are kept.";

    private static OpenItem ItemOf(Invoice invoice) => new(invoice.Id.Value, invoice.IssuedAt, invoice.NextActionAt);
}
