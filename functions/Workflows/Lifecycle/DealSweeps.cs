using System.Runtime.CompilerServices;
using System.Text.Json;
using Workflows.Approvals;
using Workflows.Customers;
using Workflows.Inquiries;
using Workflows.Mails;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Sweeps;
using Workflows.Trade;

namespace Workflows.Lifecycle;

/// <summary>What every sweep of deals works with.</summary>
internal sealed record DealSweepServices(
    IOrchestrationClient Client,
    IMailOutbox Outbox,
    ITableStore Tables,
    PolicyStore Policies,
    IMailComposer Composer,
    PublicAddress Address,
    TimeProvider Clock);

/// <summary>
/// Deals of some stages have their orchestration, and it does what it waits to do; where not, their owner and the
/// manager are notified.
/// </summary>
internal abstract class DealSweep(
    DealSweepServices services, IReadOnlyList<Stage> stages) : Sweep(services.Client, services.Outbox)
{
    private const int PageSize = 200;

    private protected DealSweepServices Services { get; } = services;

    private protected override async IAsyncEnumerable<IReadOnlyList<OpenItem>> ListAsync(
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var stage in stages)
        {
            var pages = Pages.ReadAllAsync(
                from => DealRepository.ListAsync(Services.Tables, stage, PageSize, from, cancellation));
            await foreach (var page in pages)
            {
                yield return [.. page.Items.Select(deal => ItemOf(deal.Id, deal.UpdatedAt, deal.Waiting))];
            }
        }
    }

    private protected override async Task<OpenItem?> FindAsync(OpenItem item, CancellationToken cancellation) =>
        await DealRepository.FindAsync(Services.Tables, new DealId(item.InstanceId), cancellation) switch
        {
            null => item,
            { HasEnded: true } => null,
            var deal => ItemOf(deal.Id, deal.UpdatedAt, deal.Waiting),
        };

    private protected override async Task NotifyAsync(
        string id, StalledItem stalled, NotificationBatch notifications, CancellationToken cancellation)
    {
        var policy = Services.Policies.Current;
        var deal = await DealRepository.FindAsync(Services.Tables, new DealId(id), cancellation);
        if ((deal?.Inquiry ?? await InquiryOfAsync(id, cancellation)) is not { } inquiry)
        {
            return;
        }

        var today = policy.Company.DayOf(Services.Clock.GetUtcNow());
        var region = deal?.Qualification?.Region ?? policy.RegionOf(inquiry.Buyer.Country).Id;
        StaffId?[] readers = [deal?.Owner, ApproverRule.ManagerOf(policy, region, today)];
        foreach (var reader in readers.OfType<StaffId>().Distinct().Select(policy.FindStaff).OfType<StaffMember>())
        {
            var mailId = $"{id}|unattended|{stalled.Occasion}|{reader.Id}";
            var mail = new InquiryUnattended(
                reader.Name,
                InquiryText.Brief(new DealId(id), inquiry, deal?.Qualification?.Score, Services.Address),
                deal?.Owner is { } owner ? policy.NameOf(owner) : null,
                deal?.Stage,
                deal?.Waiting,
                StalledItemText.Why(stalled, "its automatic follow-up", policy.Company.Zone()));
            await notifications.OnceAsync(mailId, () => Services.Composer.ComposeAsync(
                mailId, id, reader.Recipient(), mail, InquiryText.Party(inquiry.Buyer)));
        }
    }

    /// <summary>
    /// The inquiry of a deal that has not come as far as the board. Its instance may be what cannot be read.
    /// </summary>
    private async Task<Inquiry?> InquiryOfAsync(string id, CancellationToken cancellation)
    {
        if (await InquiryRepository.FindAsync(Services.Tables, new DealId(id), cancellation) is { } inquiry)
        {
            return inquiry;
        }

        return await Services.Client.GetAsync(id, cancellation) is { Input: { } input }
            ? JsonSerializer.Deserialize<DealInput>(input, DurableJson.Options)!.Inquiry
            : null;
    }

    private static OpenItem ItemOf(DealId id, DateTimeOffset updatedAt, Waiting? waiting) =>
        new(id.Value, updatedAt, waiting is null ? updatedAt : waiting.Until);
}

/// <summary>Deals whose buyer waits for us: for a first response, a quotation, a better one.</summary>
internal sealed class ResponseSweep(DealSweepServices services)
    : DealSweep(services, [Stage.Received, Stage.Qualified, Stage.Assigned, Stage.Negotiating])
{
    internal override SweepKind Kind => SweepKind.Responses;

    internal override string? PeriodOf(DateTimeOffset now, CompanyPolicy company) => SweepPeriods.Hour(now, company);
}

/// <summary>Deals further on, and inquiries that never came as far as the board.</summary>
internal sealed class OtherDealsSweep(DealSweepServices services)
    : DealSweep(services, [Stage.Quoted, Stage.Ordered, Stage.Fulfilling, Stage.Collecting, Stage.Closed])
{
    /// <summary>
    /// How long an inquiry is looked for: no sweep runs in holidays, which may last ten days, nor while the home
    /// is down.
    /// </summary>
    private static readonly TimeSpan Window = TimeSpan.FromDays(30);

    private static readonly OrchestrationStatus[] NotCompleted =
        [.. Enum.GetValues<OrchestrationStatus>().Where(status => status != OrchestrationStatus.Completed)];

    internal override SweepKind Kind => SweepKind.Deals;

    internal override string? PeriodOf(DateTimeOffset now, CompanyPolicy company) => SweepPeriods.Day(now, company);

    private protected override async IAsyncEnumerable<IReadOnlyList<OpenItem>> ListAsync(
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var page in base.ListAsync(cancellation))
        {
            yield return page;
        }

        // A deal is on the board from its first wait on; what goes wrong before shows among the instances alone.
        // Durable Functions has no index for this query: it reads every instance that is kept, once a working day. The
        // policy's retention of ended instances bounds them; a table of inquiries that are not on the board yet would
        // cost a write and a deletion for each inquiry instead.
        var query = new InstanceQuery
        {
            Orchestration = InquiryToPayment.Name,
            Statuses = NotCompleted,
            CreatedFrom = Services.Clock.GetUtcNow() - Window,
        };
        var pages = Pages.ReadAllAsync(
            from => Services.Client.QueryAsync(query with { Continuation = from }, cancellation));
        await foreach (var page in pages)
        {
            var unlisted = new List<OpenItem>();
            foreach (var instance in page.Items)
            {
                if (!await IsOnBoardAsync(instance.InstanceId, cancellation))
                {
                    unlisted.Add(new OpenItem(instance.InstanceId, instance.CreatedAt, instance.CreatedAt));
                }
            }

            yield return unlisted;
        }
    }

    /// <summary>
    /// False as well when the deal cannot be read: then the sweep looks at it by itself, and logs what is wrong.
    /// </summary>
    private async Task<bool> IsOnBoardAsync(string id, CancellationToken cancellation)
    {
        try
        {
            return await DealRepository.FindAsync(Services.Tables, new DealId(id), cancellation) is not null;
        }
        catch (Exception trouble) when (IsOfItsOwn(trouble))
        {
            return false;
        }
    }
}
