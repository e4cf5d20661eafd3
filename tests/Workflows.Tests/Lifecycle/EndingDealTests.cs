using Microsoft.Extensions.DependencyInjection;
using Workflows.Inquiries;
using Workflows.Lifecycle;
using Workflows.Lifecycle.Messages;
using Workflows.Lifecycle.Timeline;
using Workflows.Orders;
using Workflows.Platform;
using Workflows.Quotations;
using Workflows.Signals;
using Workflows.Tests.Histories;
using Workflows.Trade;

namespace Workflows.Tests.Lifecycle;

/// <summary>
/// Signals that come while a deal ends: after its last decision, before its end is committed. Each was accepted, so
/// each is told: on the timeline, and what a buyer wrote by mail.
/// </summary>
public class EndingDealTests
{
    public static TheoryData<string> Ends =>
        [.. LifecyclePath.All.Where(path => path.End >= Stage.Paid).Select(path => path.Name)];

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task Every_signal_that_comes_while_a_deal_ends_is_refused_where_people_see_it(string name)
    {
        var path = LifecyclePath.All.Single(path => path.Name == name);
        await using var given = await DealScenario.StartAsync(
            path.Change,
            step => step.Name == PublishDeal.Name ? step with { Type = typeof(PublishWhileSignalled) } : step);

        await path.WalkAsync(given);
        if ((await given.DealAsync()).Waiting is not null)
        {
            // A rejected deal waits for a month before it is over.
            await given.Scenario.AdvanceAsync(TimeSpan.FromDays(31));
        }

        var deal = await given.DealAsync();
        Assert.Equal(path.End, deal.Stage);
        var refused = (await given.EventsAsync()).OfType<SignalRefused>()
            .Where(refused => refused.Refusal == new DealRefusal.Ended(path.End))
            .Select(refused => refused.Signal)
            .TakeLast(9);
        Assert.Equal(LateSignals(deal).Select(signal => signal.GetType().Name), refused);
        Assert.Equal(
            LateSignals(deal).Select(signal => signal.Id), deal.SignalsRefused.TakeLast(9).Select(signal => signal.Id));
        // What comes within the window of an earlier mail goes with the next.
        await given.Scenario.AdvanceAsync(TimeSpan.FromMinutes(20));
        await given.Scenario.Get<MessageDigests>().SendDueAsync(given.Scenario.Bound);
        var mails = await given.Scenario.MailsAsync<BuyerWroteAgain>();
        Assert.Single(mails, mail => mail.HasEnded && mail.Inquiry.Message == "Hold on, we take it!");
    }

    [Fact]
    public async Task Who_sent_a_signal_while_the_deal_ended_gets_the_refusal_and_not_a_promise()
    {
        await using var given = await DealScenario.StartAsync();
        await given.ReceiveAsync();
        await given.Scenario.Client.SuspendAsync(given.Id.Value, "the end is near", given.Scenario.Bound);
        await RaiseAsync(given.Scenario.Client, new GivenUp("end", Jonas, "no budget"), given.Id);
        var service = given.Scenario.Get<DealService>();
        var sending = service.SignalAsync(given.Id, new Replied("late", Jonas, "mail"), given.Scenario.Bound);
        await Task.WhenAny(sending, Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System));
        await given.Scenario.Client.ResumeAsync(given.Id.Value, "go on", given.Scenario.Bound);

        var receipt = await sending;

        Assert.Equal(SignalOutcome.Refused, receipt.Outcome);
        Assert.Equal(new DealRefusal.Ended(Stage.Lost), receipt.Refusal);
    }

    [Fact]
    public async Task What_a_deal_held_when_an_admin_ended_it_is_told_too()
    {
        await using var given = await DealScenario.StartAsync();
        await given.ReceiveAsync();
        await given.Scenario.Client.SuspendAsync(given.Id.Value, "look at it", given.Scenario.Bound);
        await given.ReceiveAsync(given.Inquiry with { Message = "Wait, we take it!" }, "m2");
        await RaiseAsync(given.Scenario.Client, new Replied("late", Jonas, "mail"), given.Id);

        await given.Scenario.Client.TerminateAsync(given.Id.Value, "a test", recursive: true, given.Scenario.Bound);
        await given.Scenario.SettleAsync();

        Assert.Equal(
            [nameof(BuyerWrote), nameof(Replied)],
            (await given.EventsAsync()).OfType<SignalRefused>().Select(refused => refused.Signal));
        Assert.True(Assert.Single(await given.Scenario.MailsAsync<BuyerWroteAgain>()).HasEnded);
    }

    private static StaffId Jonas { get; } = new("jonas");

    private static IReadOnlyList<DealSignal> LateSignals(Deal deal) =>
    [
        new BuyerWrote("late-1", StaffId.System, "late-1", deal.Inquiry with { Message = "Hold on, we take it!" }),
        new Replied("late-2", Jonas, "mail"),
        new QuotationOffered("late-3", Jonas, Given.Draft),
        new BuyerAnswered(
            "late-4", Jonas, new BuyerAnswer(BuyerAnswerKind.Accepted, "D-Q1", CounterPrice: null, null, null)),
        new MilestoneReached(
            "late-5", Jonas, new Milestone(MilestoneKind.Shipped, new DateOnly(2026, 11, 4), Reference: null)),
        new HandedOver("late-6", Jonas, new StaffId("mei"), "leave"),
        new GivenUp("late-7", Jonas, "no budget"),
        new Discarded("late-8", Jonas, "spam"),
        new Reinstated("late-9", Jonas, "no spam"),
    ];

    private static async Task RaiseAsync(IOrchestrationClient client, DealSignal signal, DealId deal) =>
        Assert.Equal(
            RaiseOutcome.Accepted,
            await DealSignal.Event.RaiseAsync(client, deal.Value, signal, signal.Id, CancellationToken.None));

    /// <summary>Publishes, and when that is a deal's end, raises every signal before it is done.</summary>
    private sealed class PublishWhileSignalled(IServiceProvider services) : IActivity
    {
        private readonly PublishDeal _publish = ActivatorUtilities.CreateInstance<PublishDeal>(services);

        public Type InputType => ((IActivity)_publish).InputType;

        public Type ResultType => ((IActivity)_publish).ResultType;

        public async Task<object?> RunAsync(ActivityContext context, object? input)
        {
            if (input is DealUpdate { Deal: { HasEnded: true, Waiting: null } deal } && context.Attempt == 1)
            {
                foreach (var signal in LateSignals(deal))
                {
                    await RaiseAsync(services.GetRequiredService<IOrchestrationClient>(), signal, deal.Id);
                }
            }

            return await ((IActivity)_publish).RunAsync(context, input);
        }
    }
}
