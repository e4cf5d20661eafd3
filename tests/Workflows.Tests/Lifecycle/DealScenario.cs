using Workflows.Approvals;
using Workflows.Inquiries;
using Workflows.Lifecycle;
using Workflows.Lifecycle.Timeline;
using Workflows.Mails;
using Workflows.Orders;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Quotations;
using Workflows.Receivables;
using Workflows.Signals;
using Workflows.Trade;

namespace Workflows.Tests.Lifecycle;

/// <summary>One deal on an engine of its own, driven through the same services that people use.</summary>
internal sealed class DealScenario(Scenario scenario) : IAsyncDisposable
{
    private static readonly StaffId Omar = new("omar");
    private static readonly StaffId Lin = new("lin");

    private int _signals;

    public Scenario Scenario { get; } = scenario;

    public DealId Id { get; private set; }

    public Inquiry Inquiry { get; init; } = Given.Inquiry with { ReceivedAt = Scenario.Morning };

    /// <summary>Starts one.</summary>
    /// <param name="steps">Runs the activities of the business otherwise.</param>
    public static async Task<DealScenario> StartAsync(
        Func<Policy, Policy>? change = null, Func<ActivityDescriptor, ActivityDescriptor>? steps = null) =>
        new(await Scenario.StartAsync(change, steps: steps));

    /// <summary>An inquiry arrives at the door.</summary>
    public async Task<IntakeReceipt> ReceiveAsync(Inquiry? inquiry = null, string messageId = "m1")
    {
        var receipt = await Scenario.Get<InquiryService>()
            .ReceiveAsync(inquiry ?? Inquiry, messageId, StaffId.System, Scenario.Bound);
        await Scenario.SettleAsync();
        Id = Id.Value is null ? receipt.Deal : Id;
        return receipt;
    }

    /// <summary>The deal as it is kept for readers.</summary>
    public async Task<Deal> DealAsync() => (await Scenario.Get<DealService>().FindAsync(Id, Scenario.Bound))!;

    public async Task<IReadOnlyList<TimelineEntry>> TimelineAsync() =>
        (await Scenario.Get<DealService>().TimelineAsync(Id, before: null, most: 1000, Scenario.Bound)).Entries;

    /// <summary>What happened to the deal, oldest first.</summary>
    public async Task<IReadOnlyList<DealEvent>> EventsAsync() =>
        [.. (await TimelineAsync()).Select(entry => entry.What)];

    /// <summary>The stages the deal went through, repetitions left out.</summary>
    public async Task<Stage[]> StagesAsync()
    {
        var stages = (await TimelineAsync()).Select(entry => entry.Stage).ToList();
        return [.. stages.Where((stage, i) => i == 0 || stages[i - 1] != stage)];
    }

    /// <summary>Sends the deal a signal, and lets it settle.</summary>
    public async Task<SignalReceipt<Deal>> SignalAsync(Func<string, StaffId, DealSignal> signal)
    {
        var owner = (await DealAsync()).Owner ?? new StaffId("hanna");
        var receipt = await Scenario.Get<DealService>()
            .SignalAsync(Id, signal($"s{++_signals}", owner), Scenario.Bound);
        await Scenario.SettleAsync();
        return receipt;
    }

    /// <summary>
    /// Signals reach the deal in one turn: what it does because of the first, it does before the others.
    /// </summary>
    public async Task AllAtOnceAsync(params DealSignal[] signals)
    {
        var client = Scenario.Client;
        await client.SuspendAsync(Id.Value, "all at once", Scenario.Bound);
        foreach (var signal in signals)
        {
            Assert.Equal(
                RaiseOutcome.Accepted,
                await DealSignal.Event.RaiseAsync(client, Id.Value, signal, signal.Id, Scenario.Bound));
        }

        await client.ResumeAsync(Id.Value, "all at once", Scenario.Bound);
        await Scenario.SettleAsync();
    }

    public Task<SignalReceipt<Deal>> QuoteAsync(decimal discount, string terms = "TT30-70BL") => SignalAsync(
        (id, by) => new QuotationOffered(
            id, by, Given.Draft with { DiscountPercent = discount, PaymentTerms = terms }));

    public async Task<SignalReceipt<Deal>> AnswerAsync(BuyerAnswerKind kind)
    {
        var quotation = (await DealAsync()).Quotation!.Number;
        var counter = kind == BuyerAnswerKind.Counter ? Money.Of(4500, "USD") : (Money?)null;
        return await SignalAsync(
            (id, by) => new BuyerAnswered(id, by, new BuyerAnswer(kind, quotation, counter, null, "as we said")));
    }

    public Task<SignalReceipt<Deal>> ReachAsync(MilestoneKind kind)
    {
        var today = DateOnly.FromDateTime(Scenario.Clock.GetUtcNow().UtcDateTime);
        return SignalAsync((id, _) => new MilestoneReached(id, Omar, new Milestone(kind, today, "BL-1")));
    }

    /// <summary>Decides the latest approval by the link in its mail.</summary>
    public async Task<DecisionResult> DecideAsync(ApprovalDecision decision)
    {
        var mail = (await Scenario.MailsAsync<ApprovalRequested>())[^1];
        var token = mail.Letter.Link[(mail.Letter.Link.LastIndexOf('/') + 1)..];
        var result = await Scenario.Get<ApprovalService>().DecideAsync(
            token, decision, "as agreed", new DecisionContext(null, null, "test"), Scenario.Bound);
        await Scenario.SettleAsync();
        return result;
    }

    public Task<IReadOnlyList<Invoice>> InvoicesAsync() =>
        Scenario.Get<InvoiceService>().OfDealAsync(Id, Scenario.Bound);

    /// <summary>The buyer pays an invoice, or a part of it.</summary>
    public async Task<PaymentReceipt> PayAsync(Invoice invoice, decimal? amount = null)
    {
        var today = DateOnly.FromDateTime(Scenario.Clock.GetUtcNow().UtcDateTime);
        var payment = new Payment(
            $"BANK-{invoice.Id}-{++_signals}", invoice.Id.Value,
            amount is { } part ? invoice.Amount with { Amount = part } : invoice.Open, today, "Acme", null);
        var receipt = await Scenario.Get<PaymentService>().ReceiveAsync(
            payment, $"request-{payment.Reference}", Lin, Scenario.Bound);
        await Scenario.SettleAsync();
        return receipt;
    }

    /// <summary>From the inquiry to a confirmed order without detours.</summary>
    public async Task OrderAsync()
    {
        await ReceiveAsync();
        await QuoteAsync(discount: 4);
        await AnswerAsync(BuyerAnswerKind.Accepted);
    }

    public ValueTask DisposeAsync() => Scenario.DisposeAsync();
}
