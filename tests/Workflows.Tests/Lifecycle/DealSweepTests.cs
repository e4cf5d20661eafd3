using System.Reflection;
using Microsoft.Extensions.Logging.Abstractions;
using Workflows.Inquiries;
using Workflows.Lifecycle;
using Workflows.Orders;
using Workflows.Platform;
using Workflows.Quotations;
using Workflows.Sweeps;
using Workflows.Trade;

namespace Workflows.Tests.Lifecycle;

/// <summary>Scenarios start on a Wednesday, 09:00 in the company's zone. Hanna leads sales.</summary>
public class DealSweepTests
{
    [Fact]
    public async Task A_deal_that_does_its_work_is_reported_to_nobody_from_the_inquiry_to_the_last_payment()
    {
        await using var given = await DealScenario.StartAsync();
        await given.ReceiveAsync();
        await PassAsync(given, days: 3);
        await given.QuoteAsync(discount: 4);
        await PassAsync(given, days: 3);
        await given.AnswerAsync(BuyerAnswerKind.Accepted);
        await PassAsync(given, days: 2);
        await given.PayAsync((await given.InvoicesAsync())[0]);
        await given.ReachAsync(MilestoneKind.Produced);
        await given.ReachAsync(MilestoneKind.Shipped);
        await PassAsync(given, days: 5);
        await given.PayAsync((await given.InvoicesAsync())[1]);
        Assert.Equal(Stage.Paid, (await given.DealAsync()).Stage);
        await PassAsync(given, days: 2);

        Assert.Empty(await given.Scenario.MailsAsync<InquiryUnattended>());
    }

    [Fact]
    public async Task A_deal_that_nobody_answers_is_left_to_its_own_clock_until_it_is_lost()
    {
        await using var given = await DealScenario.StartAsync();
        await given.ReceiveAsync();

        await PassAsync(given, days: 50);

        Assert.Equal(Stage.Lost, (await given.DealAsync()).Stage);
        Assert.Empty(await given.Scenario.MailsAsync<InquiryUnattended>());
    }

    [Fact]
    public async Task A_deal_whose_orchestration_was_ended_is_reported_to_owner_and_manager_within_the_hour_and_once()
    {
        await using var given = await DealScenario.StartAsync();
        await given.ReceiveAsync();
        Assert.Equal(0, (await SweepAsync(given, SweepKind.Responses))!.Unattended);
        await given.Scenario.Client.TerminateAsync(
            given.Id.Value, "by mistake", recursive: false, given.Scenario.Bound);

        await given.Scenario.AdvanceAsync(TimeSpan.FromHours(1));
        Assert.Equal(2, (await SweepAsync(given, SweepKind.Responses))!.MailsSent);
        await given.Scenario.AdvanceAsync(TimeSpan.FromHours(1));
        var again = (await SweepAsync(given, SweepKind.Responses))!;

        Assert.Equal((1, 0), (again.Unattended, again.MailsSent));
        var owner = (await given.DealAsync()).Owner!.Value.Value;
        var mails = (await given.Scenario.MailsAsync()).Where(mail => mail.Mail is InquiryUnattended).ToList();
        Assert.Equal(
            new[] { owner, "hanna" }.Order(StringComparer.Ordinal),
            mails.Select(mail => mail.To.Address.Split('@')[0]).Order(StringComparer.Ordinal));
        var mail = (InquiryUnattended)mails[0].Mail;
        Assert.Equal(
            "Somebody ended its automatic follow-up on Wed 4 Nov 2026, 09:00 (Asia/Shanghai): by mistake.", mail.Why);
        Assert.Equal((Stage.Assigned, WaitingFor.FirstResponse), (mail.Stage, mail.Waiting?.For));
    }

    [Fact]
    public async Task A_first_response_that_nobody_counts_any_more_is_reported_in_the_hours_after()
    {
        await using var given = await DealScenario.StartAsync();
        await given.ReceiveAsync();
        await given.Scenario.Client.SuspendAsync(given.Id.Value, "stock count", given.Scenario.Bound);

        await PassAsync(given, days: 1);

        var mail = (await given.Scenario.MailsAsync<InquiryUnattended>())[0];
        Assert.StartsWith(
            "Somebody holds its automatic follow-up, which should have acted on Wed 4 Nov 2026, ", mail.Why,
            StringComparison.Ordinal);
        Assert.Equal(2, (await given.Scenario.MailsAsync<InquiryUnattended>()).Count);
    }

    [Fact]
    public async Task A_deal_further_on_is_reported_the_next_day()
    {
        await using var given = await DealScenario.StartAsync();
        await given.OrderAsync();
        await given.Scenario.Client.TerminateAsync(
            given.Id.Value, "by mistake", recursive: false, given.Scenario.Bound);

        Assert.Equal(0, (await SweepAsync(given, SweepKind.Responses))!.Looked);
        Assert.Equal((1, 1, 2), Figures((await SweepAsync(given, SweepKind.Deals))!));
    }

    [Fact]
    public async Task An_inquiry_that_ended_or_hung_before_anybody_saw_it_is_reported_to_the_manager()
    {
        await using var given = await DealScenario.StartAsync();
        var (scenario, later) = (given.Scenario, given.Scenario.Clock.GetUtcNow().AddDays(90));
        foreach (var id in (string[])["D-ENDED", "D-HANGS"])
        {
            await InquiryToPayment.ScheduleAsync(
                scenario.Client, new DealInput(new DealId(id), given.Inquiry, "m1", StaffId.System),
                new ScheduleOptions(id, later), scenario.Bound);
        }

        await scenario.Client.TerminateAsync("D-ENDED", "by mistake", recursive: false, scenario.Bound);
        Assert.Equal((2, 1, 1), Figures((await SweepAsync(given, SweepKind.Deals))!));
        await scenario.AdvanceAsync(TimeSpan.FromDays(1));
        Assert.Equal((2, 1, 0), Figures((await SweepAsync(given, SweepKind.Deals))!));
        await scenario.AdvanceAsync(TimeSpan.FromDays(4));
        Assert.Equal((2, 2, 1), Figures((await SweepAsync(given, SweepKind.Deals))!));

        var mails = (await scenario.MailsAsync()).Where(mail => mail.Mail is InquiryUnattended).ToList();
        Assert.All(mails, mail => Assert.StartsWith("hanna@", mail.To.Address, StringComparison.Ordinal));
        Assert.Equal(["D-ENDED", "D-HANGS"], mails.Select(mail => ((InquiryUnattended)mail.Mail).Inquiry.Deal.Value));
        Assert.All(mails, mail => Assert.Null(((InquiryUnattended)mail.Mail).Stage));
    }

    [Fact]
    public async Task An_inquiry_whose_instance_cannot_be_read_is_reported_from_what_was_kept_of_it()
    {
        await using var given = await DealScenario.StartAsync();
        var (scenario, id) = (given.Scenario, new DealId("D-DAMAGED"));
        await InquiryToPayment.ScheduleAsync(
            scenario.Client,
            new DealInput(id, given.Inquiry, "m1", StaffId.System),
            new ScheduleOptions(id.Value, scenario.Clock.GetUtcNow().AddDays(90)),
            scenario.Bound);
        await InquiryRepository.KeepAsync(scenario.Tables, id, given.Inquiry, "m1", scenario.Bound);
        var services = scenario.Get<DealSweepServices>();
        var client = DispatchProxy.Create<IOrchestrationClient, UnreadableClient>();
        ((UnreadableClient)client).Inner = services.Client;
        var sweeper = new Sweeper(
            [new OtherDealsSweep(services with { Client = client })],
            scenario.Tables,
            services.Policies,
            scenario.Clock,
            NullLogger<Sweeper>.Instance);

        var report = (await sweeper.RunAsync(SweepKind.Deals, scenario.Bound))!;

        Assert.Equal((1, 0, 1, 1), (report.Looked, report.NotLookedAt, report.Unattended, report.MailsSent));
        Assert.Equal(id, Assert.Single(await scenario.MailsAsync<InquiryUnattended>()).Inquiry.Deal);
    }

    /// <summary>Its instances are listed, and none can be read by its id.</summary>
    public class UnreadableClient : DispatchProxy
    {
        /// <summary>Lists them.</summary>
        public IOrchestrationClient? Inner { get; set; }

        /// <inheritdoc/>
        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
            targetMethod!.Name == nameof(IOrchestrationClient.GetAsync)
            ? throw new DamagedDataException($"The record of instance '{args![0]}'")
            : targetMethod.Invoke(Inner, args);
    }

    private static (int Looked, int Unattended, int MailsSent) Figures(SweepReport report) =>
        (report.Looked, report.Unattended, report.MailsSent);

    private static Task<SweepReport?> SweepAsync(DealScenario given, SweepKind kind) =>
        given.Scenario.Get<Sweeper>().RunAsync(kind, given.Scenario.Bound);

    /// <summary>Lets days pass, with looks at nine, twelve and three o'clock.</summary>
    private static async Task PassAsync(DealScenario given, int days)
    {
        foreach (var hours in Enumerable.Repeat<int[]>([3, 3, 18], days).SelectMany(day => day))
        {
            await given.Scenario.AdvanceAsync(TimeSpan.FromHours(hours));
            foreach (var kind in Enum.GetValues<SweepKind>())
            {
                await SweepAsync(given, kind);
            }
        }
    }
}
