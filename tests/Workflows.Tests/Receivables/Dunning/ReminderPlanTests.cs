using Workflows.Policies;
using Workflows.Receivables;
using Workflows.Receivables.Dunning;
using Workflows.Trade;
using static Workflows.Tests.Receivables.Given;

namespace Workflows.Tests.Receivables.Dunning;

public class ReminderPlanTests
{
    private static readonly Policy Policy = PolicyLoader.Default();
    private static readonly IReadOnlyList<DunningRung> Ladder = Policy.Dunning.Ladders["standard"];
    private static readonly BuyerCalendar Berlin = BuyerCalendar.Of("DE", Policy);

    [Fact]
    public void Reminders_follow_the_ladder_and_move_to_the_buyers_next_working_day()
    {
        var plan = Plan(Invoice(20_000, Day("2025-09-30")));

        Assert.Equal(
            ["2025-09-23", "2025-10-01", "2025-10-07", "2025-10-15", "2025-10-30", "2025-12-01", "2025-12-29"],
            plan.Reminders.Select(reminder => Berlin.DayOf(reminder.At).ToString("yyyy-MM-dd", null)));
        Assert.Equal(new DateTimeOffset(2025, 9, 23, 9, 0, 0, TimeSpan.FromHours(2)), plan.Reminders[0].At);
        Assert.Equal(new DateTimeOffset(2025, 10, 30, 9, 0, 0, TimeSpan.FromHours(1)), plan.Reminders[4].At);
    }

    [Fact]
    public void The_buyers_own_weekend_counts()
    {
        var riyadh = BuyerCalendar.Of("SA", Policy);

        // The day after is a Friday, which is the weekend there.
        var plan = ReminderPlan.Of(Invoice(1_000, Day("2026-11-05")), Ladder, riyadh);

        Assert.Equal(Day("2026-11-08"), riyadh.DayOf(plan.Reminders.First(reminder => reminder.Level == 1).At));
        Assert.Equal(TimeSpan.FromHours(6), plan.Reminders[1].At.TimeOfDay);
    }

    [Fact]
    public void After_a_standstill_only_the_level_above_the_last_sent_is_due()
    {
        var plan = Plan(Invoice(20_000, Day("2025-09-30")));
        var later = new DateTimeOffset(2025, 10, 20, 12, 0, 0, TimeSpan.Zero);

        Assert.Equal(1, plan.DueAt(later, sent: null)!.Level);
        Assert.Equal(1, plan.DueAt(later, sent: 0)!.Level);
        Assert.Equal(2, plan.DueAt(later, sent: 1)!.Level);
        Assert.Equal(3, plan.DueAt(later, sent: 2)!.Level);
        Assert.Null(plan.DueAt(later, sent: 3));
        Assert.Equal(4, plan.NextAfter(later, sent: 3)!.Level);
    }

    [Theory]
    [InlineData("2025-10-07", "2025-10-15")] // in time
    [InlineData("2025-10-09", "2025-10-15")] // waited for another mail of the customer
    [InlineData("2025-10-20", "2025-10-28")] // thirteen days late
    [InlineData(null, "2025-10-15")] // an older row
    public void A_level_keeps_its_distance_to_one_that_went_out_late(string? sent, string next)
    {
        var plan = Plan(Invoice(20_000, Day("2025-09-30")) with
        {
            DunningLevel = 2,
            RemindedOn = sent is null ? null : Day(sent),
        });

        Assert.Equal(Day(next), Berlin.DayOf(plan.Reminders.Single(reminder => reminder.Level == 3).At));
    }

    [Fact]
    public void The_ladder_counts_from_the_invoice_when_the_buyer_got_it_after_the_due_date()
    {
        var plan = Plan(Invoice(20_000, Day("2025-09-30")) with { MailedOn = Day("2025-11-13") });

        Assert.Equal(
            ["2025-11-14", "2025-11-20", "2025-11-28"],
            plan.Reminders.Take(3).Select(reminder => Berlin.DayOf(reminder.At).ToString("yyyy-MM-dd", null)));
    }

    [Fact]
    public void After_a_pause_nothing_is_due_for_three_working_days()
    {
        var plan = Plan(Invoice(20_000, Day("2025-09-30")) with
        {
            PauseEndedAt = new DateTimeOffset(2025, 10, 17, 7, 0, 0, TimeSpan.Zero), // a Friday
        });

        Assert.Equal(Day("2025-10-22"), Berlin.DayOf(plan.Reminders.First(reminder => reminder.Level == 3).At));
    }

    [Theory]
    [InlineData("2025-10-15", "2025-10-17")] // Wednesday: Thursday is the banks' day
    [InlineData("2025-10-17", "2025-10-21")] // Friday: Monday is
    [InlineData("2025-10-18", "2025-10-21")] // Saturday
    [InlineData("2025-10-19", "2025-10-21")] // Sunday
    public void A_promise_is_judged_when_banks_had_a_whole_day_after_it(string promised, string judged)
    {
        var plan = Plan(Invoice(20_000, Day("2025-09-30")) with { PromisedFor = Day(promised), PromiseStands = true });

        Assert.Equal(Berlin.OpeningOf(Day(judged)), plan.PromiseEndsAt);
    }

    [Fact]
    public void A_level_below_the_last_sent_never_goes_out()
    {
        var plan = Plan(Invoice(20_000, Day("2025-09-30")));

        Assert.Equal(5, plan.NextAfter(new DateTimeOffset(2025, 9, 1, 0, 0, 0, TimeSpan.Zero), sent: 4)!.Level);
    }

    [Fact]
    public void An_invoice_sent_within_the_courtesy_time_is_the_courtesy()
    {
        var plan = Plan(Invoice(20_000, Day("2025-09-30")) with { MailedOn = Day("2025-09-25") });

        Assert.Equal(1, plan.Reminders[0].Level);
    }

    [Fact]
    public void No_reminder_goes_out_on_the_day_of_the_invoice_itself()
    {
        var plan = Plan(Invoice(20_000, Day("2025-09-30")) with { MailedOn = Day("2025-10-08") });

        Assert.Equal(
            Day("2025-10-09"),
            Berlin.DayOf(plan.DueAt(new DateTimeOffset(2025, 10, 9, 9, 0, 0, TimeSpan.Zero), null)!.At));
        Assert.Null(plan.DueAt(new DateTimeOffset(2025, 10, 8, 20, 0, 0, TimeSpan.Zero), null));
    }

    [Fact]
    public void While_its_basis_has_not_happened_nothing_is_planned() =>
        Assert.Same(ReminderPlan.Empty, Plan(Invoice(1, null)));

    [Fact]
    public void Today_is_not_late_yet()
    {
        var plan = Plan(Invoice(20_000, Day("2025-09-30")));

        Assert.Equal(new DateTimeOffset(2025, 10, 1, 0, 0, 0, TimeSpan.FromHours(2)), plan.OverdueAt);
    }

    [Theory]
    [InlineData("2025-10-10T06:59:00Z", "2025-10-10T07:00:00Z")] // before nine
    [InlineData("2025-10-10T07:00:00Z", "2025-10-10T07:00:00Z")]
    [InlineData("2025-10-10T15:59:00Z", "2025-10-10T15:59:00Z")]
    [InlineData("2025-10-10T16:00:00Z", "2025-10-13T07:00:00Z")] // Friday evening
    [InlineData("2025-10-11T10:00:00Z", "2025-10-13T07:00:00Z")] // Saturday
    public void Mails_go_out_in_the_buyers_office_hours(string moment, string expected) =>
        Assert.Equal(At(expected), Berlin.NextOpen(At(moment)));

    [Fact]
    public void Late_interest_is_simple_and_for_the_days_after_the_due_date()
    {
        var open = Money.Of(20_000, "USD");

        Assert.Equal(Money.Of(131.51m, "USD"), LateInterest.Of(open, 8, Day("2025-09-30"), Day("2025-10-30")));
        Assert.Equal(Money.Of(0, "USD"), LateInterest.Of(open, 8, Day("2025-09-30"), Day("2025-09-30")));
        Assert.Equal(Money.Of(0, "USD"), LateInterest.Of(open, 8, Day("2025-09-30"), Day("2025-09-01")));
        Assert.Equal(
            Money.Of(132, "JPY"), LateInterest.Of(Money.Of(20_000, "JPY"), 8, Day("2025-09-30"), Day("2025-10-30")));
    }

    private static ReminderPlan Plan(Invoice invoice) => ReminderPlan.Of(invoice, Ladder, Berlin);

    private static DateTimeOffset At(string moment) =>
        DateTimeOffset.Parse(moment, System.Globalization.CultureInfo.InvariantCulture);
}
