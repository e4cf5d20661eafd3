using Workflows.Inquiries;
using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Tests.Inquiries;

public class AssignOwnerTests
{
    [Fact]
    public async Task The_owner_gets_the_deal_on_his_desk_and_the_clock_of_its_temperature()
    {
        await using var scenario = await Scenario.StartAsync();

        var assignment = await AssignAsync(scenario, "D-1", "gulf", Temperature.Hot);

        Assert.Equal(("amira", "hanna"), (assignment.Owner?.Value, assignment.Manager.Value));
        Assert.Equal(
            [new DealId("D-1")], await Workload.DealsOfAsync(scenario.Tables, new StaffId("amira"), scenario.Bound));
        // Hot is an hour, from 09:00 in Shanghai.
        Assert.Equal(
            [Scenario.Morning.AddMinutes(45), Scenario.Morning.AddMinutes(60), Scenario.Morning.AddMinutes(90)],
            [
                assignment.FirstResponse.NudgeAt, assignment.FirstResponse.EscalateAt,
                assignment.FirstResponse.ReassignAt,
            ]);
    }

    [Fact]
    public async Task Another_owner_takes_it_over_with_a_clock_of_his_own_and_the_former_desk_is_cleared()
    {
        await using var scenario = await Scenario.StartAsync();
        await AssignAsync(scenario, "D-1", "gulf", Temperature.Hot);
        await scenario.AdvanceAsync(TimeSpan.FromHours(2));

        var next = await AssignAsync(scenario, "D-1", "gulf", Temperature.Hot, "amira");

        Assert.NotEqual("amira", next.Owner!.Value.Value);
        Assert.Equal(Scenario.Morning.AddHours(3), next.FirstResponse.EscalateAt);
        Assert.Equal(0, await Workload.CountAsync(scenario.Tables, new StaffId("amira"), most: 9, scenario.Bound));
        Assert.Equal(1, await Workload.CountAsync(scenario.Tables, next.Owner!.Value, most: 9, scenario.Bound));
    }

    [Fact]
    public async Task Deals_spread_over_those_who_can_take_them_and_never_above_the_cap()
    {
        await using var scenario = await Scenario.StartAsync(policy => policy with
        {
            Staff = [
                .. policy.Staff.Select(
                    member => member.Role == StaffRole.Sales ? member with { MaxOpenDeals = 2 } : member)],
        });
        var owners = new List<string?>();
        for (var i = 1; i <= 9; i++)
        {
            owners.Add(
                (await AssignAsync(scenario, $"D-{i}", "emea", Temperature.Cold, customer: $"C-{i}")).Owner?.Value);
        }

        // Amira and Jonas cover the region; then the others help; the ninth finds nobody.
        Assert.Equal(["amira", "amira", "jonas", "jonas"], owners.Take(4).Order(StringComparer.Ordinal));
        Assert.Equal(["diego", "diego", "mei", "mei"], owners.Skip(4).Take(4).Order(StringComparer.Ordinal));
        Assert.Null(owners[8]);
    }

    [Fact]
    public async Task The_next_inquiry_of_a_customer_goes_to_whom_the_last_one_was_handed()
    {
        await using var scenario = await Scenario.StartAsync();
        await AssignAsync(scenario, "D-1", "gulf", Temperature.Cold);
        var clock = await scenario.RunAsync<HandOverDeal, HandOverInput, FirstResponsePlan>(new HandOverInput(
            new DealId("D-1"), new StaffId("amira"), new StaffId("mei"), new CustomerId("C-1"), Temperature.Hot,
            Scenario.Morning));

        var next = await AssignAsync(scenario, "D-2", "gulf", Temperature.Cold);

        Assert.Equal(Scenario.Morning.AddHours(1), clock.EscalateAt);
        Assert.Equal("mei", next.Owner!.Value.Value);
        Assert.StartsWith("Has looked after this customer before; 1 open deal.", next.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_manager_who_is_away_is_notified_through_the_deputy()
    {
        await using var scenario = await Scenario.StartAsync(policy => policy with
        {
            Staff = [.. policy.Staff.Select(member => member.Role == StaffRole.Manager
                ? member with
                {
                    Absences = [new Absence(new DateOnly(2026, 11, 4), new DateOnly(2026, 11, 4), "leave")],
                }
                : member)],
        });

        Assert.Equal("viktor", (await AssignAsync(scenario, "D-1", "gulf", Temperature.Cold)).Manager.Value);
    }

    private static Task<Assignment> AssignAsync(
        Scenario scenario, string deal, string region, Temperature temperature, string? except = null,
        string customer = "C-1")
    {
        var qualification = new Qualification(
            InquiryVerdict.Serious, null, null, new CustomerId(customer), false, region, new Score(50, temperature, []),
            "2026-11");
        return scenario.RunAsync<AssignOwner, AssignInput, Assignment>(new AssignInput(
            new DealId(deal), Buyers.Inquiry(), qualification, except is null ? [] : [new StaffId(except)],
            scenario.Clock.GetUtcNow()));
    }
}
