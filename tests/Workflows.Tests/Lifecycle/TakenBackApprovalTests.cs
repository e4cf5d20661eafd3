using Microsoft.Extensions.DependencyInjection;
using Workflows.Approvals;
using Workflows.Lifecycle;
using Workflows.Lifecycle.Timeline;
using Workflows.Mails;
using Workflows.Orders;
using Workflows.Platform;
using Workflows.Quotations;
using Workflows.Trade;

namespace Workflows.Tests.Lifecycle;

/// <summary>
/// A request that is taken back while its approver decides: either the decision was first and counts, or the link
/// decides nothing.
/// </summary>
public class TakenBackApprovalTests
{
    [Fact]
    public async Task Once_the_next_version_is_taken_the_link_of_the_one_before_decides_nothing()
    {
        await using var given = await DealScenario.StartAsync(
            steps: step => step.Name == PriceQuotation.Name ? step with { Type = typeof(PriceWhileDecided) } : step);
        await given.ReceiveAsync();
        await given.QuoteAsync(discount: 12);
        await given.QuoteAsync(discount: 4);

        var first = await OutcomeAsync(given, number: 1);
        Assert.Equal(ApprovalVerdict.Superseded, first.Verdict);
        var sent = (await given.EventsAsync()).OfType<QuotationSent>();
        Assert.EndsWith("Q2", Assert.Single(sent).Number, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_decision_that_was_faster_than_the_next_version_counts_and_the_first_one_goes_out()
    {
        await using var given = await PendingAsync();
        var client = given.Scenario.Client;
        await client.SuspendAsync(given.Id.Value, "both at once", given.Scenario.Bound);
        var draft = Given.Draft with { DiscountPercent = 4 };
        await RaiseAsync(given, new QuotationOffered("q2", new StaffId("jonas"), draft));
        Assert.IsType<DecisionResult.Recorded>(await given.DecideAsync(ApprovalDecision.Approve));

        await client.ResumeAsync(given.Id.Value, "go on", given.Scenario.Bound);
        await given.Scenario.SettleAsync();

        Assert.Equal(ApprovalVerdict.Approved, (await OutcomeAsync(given, number: 1)).Verdict);
        var events = await given.EventsAsync();
        Assert.Contains(events, what => what is DiscountApproved);
        Assert.Equal(
            ["Q1", "Q2"], events.OfType<QuotationSent>().Select(sent => sent.Number[^2..]));
        Assert.DoesNotContain(events, what => what is ApprovalSuperseded);
    }

    [Fact]
    public async Task A_deal_that_is_given_up_closes_its_request_before_it_ends()
    {
        await using var given = await PendingAsync();
        await given.SignalAsync((id, by) => new GivenUp(id, by, "no budget"));

        Assert.Equal(ApprovalVerdict.Superseded, (await OutcomeAsync(given, number: 1)).Verdict);
        Assert.IsType<DecisionResult.Superseded>(await given.DecideAsync(ApprovalDecision.Approve));
        Assert.Equal(Stage.Lost, (await given.DealAsync()).Stage);
    }

    [Fact]
    public async Task Credit_that_was_granted_before_the_deal_was_given_up_is_on_the_timeline()
    {
        await using var given = await DealScenario.StartAsync(policy =>
            policy with { Credit = policy.Credit with { DefaultLimit = Money.Of(1_000, "USD") } });
        await given.ReceiveAsync();
        await given.QuoteAsync(discount: 0, terms: "OA60");
        await given.AnswerAsync(BuyerAnswerKind.Accepted);
        await given.Scenario.Client.SuspendAsync(given.Id.Value, "both at once", given.Scenario.Bound);
        await RaiseAsync(given, new GivenUp("end", new StaffId("jonas"), "no budget"));
        Assert.IsType<DecisionResult.Recorded>(await given.DecideAsync(ApprovalDecision.Approve));

        await given.Scenario.Client.ResumeAsync(given.Id.Value, "go on", given.Scenario.Bound);
        await given.Scenario.SettleAsync();

        var events = await given.EventsAsync();
        Assert.Equal(Stage.Lost, (await given.DealAsync()).Stage);
        Assert.Contains(events, what => what is CreditApproved);
    }

    private static async Task<DealScenario> PendingAsync()
    {
        var given = await DealScenario.StartAsync();
        await given.ReceiveAsync();
        await given.QuoteAsync(discount: 12);
        return given;
    }

    private static async Task RaiseAsync(DealScenario given, DealSignal signal) =>
        Assert.Equal(RaiseOutcome.Accepted, await DealSignal.Event.RaiseAsync(
            given.Scenario.Client, given.Id.Value, signal, signal.Id, given.Scenario.Bound));

    private static async Task<ApprovalOutcome> OutcomeAsync(DealScenario given, int number)
    {
        var id = (await given.DealAsync()).Approvals[number - 1];
        return (await given.Scenario.Get<ApprovalService>().GetAsync(id, given.Scenario.Bound))!.Outcome!;
    }

    /// <summary>
    /// Prices a version, and before the second is priced lets the approver of the first decide by the link.
    /// </summary>
    private sealed class PriceWhileDecided(IServiceProvider services) : IActivity
    {
        private readonly PriceQuotation _price = ActivatorUtilities.CreateInstance<PriceQuotation>(services);

        public Type InputType => ((IActivity)_price).InputType;

        public Type ResultType => ((IActivity)_price).ResultType;

        public async Task<object?> RunAsync(ActivityContext context, object? input)
        {
            if (input is PriceInput { Version: 2 })
            {
                await DecideAsync(context.Stopping);
            }

            return await ((IActivity)_price).RunAsync(context, input);
        }

        private async Task DecideAsync(CancellationToken cancellation)
        {
            var composer = (PlainMailComposer)services.GetRequiredService<IMailComposer>();
            var mails = await services.GetRequiredService<IMailOutbox>().QueryAsync(new MailQuery(), cancellation);
            var letter = mails.Items.Select(mail => composer.Find(mail.Mail.Id)).OfType<ApprovalRequested>().Last();
            var decisions = ActivatorUtilities.CreateInstance<ApprovalService>(services);
            await decisions.DecideAsync(
                letter.Letter.Link[(letter.Letter.Link.LastIndexOf('/') + 1)..],
                ApprovalDecision.Approve,
                "as agreed",
                new DecisionContext(null, null, "test"),
                cancellation);
        }
    }
}
