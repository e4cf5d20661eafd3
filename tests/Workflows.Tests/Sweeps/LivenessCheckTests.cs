using Workflows.Calendars;
using Workflows.Platform;
using Workflows.Sweeps;

namespace Workflows.Tests.Sweeps;

public class LivenessCheckTests
{
    private static readonly DateTimeOffset Monday = new(2026, 11, 2, 1, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Tuesday = Monday.AddDays(1);

    [Theory]
    [InlineData(OrchestrationStatus.Running)]
    [InlineData(OrchestrationStatus.Pending)]
    [InlineData(OrchestrationStatus.Suspended)]
    public void What_lives_and_has_its_time_before_it_is_attended_to(OrchestrationStatus status) =>
        Assert.Null(LivenessCheck.Of(Item(dueAt: Tuesday.AddDays(9)), Instance(status), lastLook: Tuesday));

    [Fact]
    public void What_only_waits_is_attended_to_however_long_it_waits() =>
        Assert.Null(LivenessCheck.Of(Item(dueAt: null), Instance(OrchestrationStatus.Running), Tuesday.AddYears(1)));

    [Theory]
    [InlineData(OrchestrationStatus.Failed)]
    [InlineData(OrchestrationStatus.Terminated)]
    [InlineData(OrchestrationStatus.Completed)]
    [InlineData(OrchestrationStatus.Blocked)]
    public void What_has_ended_or_is_parked_is_reported_at_once(OrchestrationStatus status)
    {
        var stalled = LivenessCheck.Of(Item(dueAt: Tuesday.AddDays(9)), Instance(status), lastLook: null)!;

        Assert.Equal((status, Monday.AddHours(1)), (stalled.Status!.Value, stalled.Since));
    }

    [Fact]
    public void What_was_late_at_the_last_look_already_stands_still()
    {
        var due = Tuesday - LivenessCheck.Margin - TimeSpan.FromMinutes(1);

        var stalled = LivenessCheck.Of(Item(due), Instance(OrchestrationStatus.Running), lastLook: Tuesday)!;

        Assert.Equal((OrchestrationStatus.Running, due), (stalled.Status!.Value, stalled.Since));
        Assert.Null(
            LivenessCheck.Of(Item(due.AddMinutes(1)), Instance(OrchestrationStatus.Running), lastLook: Tuesday));
    }

    [Fact]
    public void What_came_due_while_nobody_looked_may_be_caught_up_just_now() =>
        Assert.Null(
            LivenessCheck.Of(Item(dueAt: Monday.AddDays(5)), Instance(OrchestrationStatus.Running), lastLook: Tuesday));

    [Fact]
    public void Nothing_is_late_at_the_first_look() =>
        Assert.Null(
            LivenessCheck.Of(Item(dueAt: Monday.AddYears(-1)), Instance(OrchestrationStatus.Running), lastLook: null));

    [Fact]
    public void What_was_never_started_stands_still_too() =>
        Assert.NotNull(LivenessCheck.Of(Item(dueAt: null), Instance(OrchestrationStatus.Pending), lastLook: Tuesday));

    [Fact]
    public void What_has_no_instance_is_reported_when_there_was_time_to_start_one()
    {
        Assert.Null(LivenessCheck.Of(Item(dueAt: null), instance: null, lastLook: null));
        Assert.Null(LivenessCheck.Of(Item(dueAt: null), instance: null, lastLook: Monday.AddHours(3)));
        Assert.Null(LivenessCheck.Of(Item(dueAt: null), instance: null, Tuesday)!.Status);
    }

    [Fact]
    public void The_same_cause_is_one_occasion_and_the_next_one_another()
    {
        var failed = Instance(OrchestrationStatus.Failed);
        string OccasionOf(OpenItem item, OrchestrationState? state) =>
            LivenessCheck.Of(item, state, Tuesday.AddDays(9))!.Occasion;

        Assert.Equal(OccasionOf(Item(Monday), failed), OccasionOf(Item(Tuesday), failed));
        Assert.NotEqual(
            OccasionOf(Item(Monday), failed), OccasionOf(Item(Monday), failed with { ExecutionId = "run-2" }));
        Assert.NotEqual(
            OccasionOf(Item(Monday), Instance(OrchestrationStatus.Running)),
            OccasionOf(Item(Tuesday), Instance(OrchestrationStatus.Running)));
    }

    [Theory]
    [InlineData(
        OrchestrationStatus.Failed, "An error ended its follow-up on Mon 2 Nov 2026, 02:00 (Etc/UTC): because.")]
    [InlineData(
        OrchestrationStatus.Running,
        "Its follow-up should have acted on Mon 2 Nov 2026, 02:00 (Etc/UTC) and has not: because.")]
    [InlineData(
        OrchestrationStatus.Suspended,
        "Somebody holds its follow-up, which should have acted on Mon 2 Nov 2026, 02:00 (Etc/UTC): because.")]
    [InlineData(
        null, "The record of its follow-up, which began on Mon 2 Nov 2026, 02:00 (Etc/UTC), cannot be read: because.")]
    public void It_is_said_in_words_with_the_reason(OrchestrationStatus? status, string words) =>
        Assert.Equal(words, Text(status, "because."));

    [Theory]
    [InlineData(
        OrchestrationStatus.Completed,
        "Its follow-up came to its end on Mon 2 Nov 2026, 02:00 (Etc/UTC), before its time.")]
    [InlineData(OrchestrationStatus.Blocked, "Its follow-up was parked on Mon 2 Nov 2026, 02:00 (Etc/UTC).")]
    [InlineData(null, "There is no record of its follow-up, which began on Mon 2 Nov 2026, 02:00 (Etc/UTC).")]
    public void It_is_said_in_words_where_nobody_gave_a_reason(OrchestrationStatus? status, string words) =>
        Assert.Equal(words, Text(status, reason: null));

    private static string Text(OrchestrationStatus? status, string? reason) =>
        StalledItemText.Why(
            new StalledItem(status, Monday.AddHours(1), reason, ""), "its follow-up", BusinessCalendar.Zone("Etc/UTC"));

    private static OpenItem Item(DateTimeOffset? dueAt) => new("D-1", Monday, dueAt);

    private static OrchestrationState Instance(OrchestrationStatus status) =>
        new("D-1", "Collection", status, Monday, Monday.AddHours(1)) { ExecutionId = "run-1" };
}
