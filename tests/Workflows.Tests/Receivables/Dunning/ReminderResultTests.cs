using Workflows.Policies;
using Workflows.Receivables;
using Workflows.Receivables.Dunning;
using Workflows.Receivables.History;
using Workflows.Trade;

namespace Workflows.Tests.Receivables.Dunning;

public sealed class ReminderResultTests
{
    private static readonly DateTimeOffset Now = new(2025, 10, 30, 9, 0, 0, TimeSpan.Zero);

    private static readonly CollectionFile File = CollectionFile.Of(Given.Invoice(1_000, Given.Day("2025-09-30"))) with
    {
        Plan = ReminderPlan.Empty,
    };

    [Fact]
    public void A_reminder_that_went_out_raises_the_level_and_keeps_the_interest_of_an_earlier_one()
    {
        var file = Sent(Reminder(4, Given.Usd(12))).Apply(File, Now);
        file = Sent(Reminder(5, interest: null)).Apply(file, Now);

        Assert.Equal(
            (5, Given.Usd(12), Given.Day("2025-10-30")),
            (file.Invoice.DunningLevel, file.Invoice.Interest, file.Invoice.RemindedOn));
        Assert.Equal(
            [Reminder(4, Given.Usd(12)), Reminder(5, interest: null)], file.Entries.Select(entry => entry.What));
    }

    [Fact]
    public void A_reminder_that_credit_holds_back_is_said_once_and_tried_again()
    {
        var (monday, tuesday) = (Now.AddDays(1), Now.AddDays(2));
        var file = new ReminderResult.PutOff(monday, Given.Usd(2_000)).Apply(File, Now);
        file = new ReminderResult.PutOff(tuesday, Given.Usd(2_000)).Apply(file, monday);

        Assert.Equal(tuesday, file.NotBefore);
        Assert.Equal(new ReminderHeldBack(Given.Usd(2_000)), Assert.Single(file.Entries).What);
        Assert.Equal(Given.Usd(2_000), file.Invoice.CoveredBy);
    }

    [Fact]
    public void Outside_working_hours_it_only_waits()
    {
        var file = new ReminderResult.PutOff(Now.AddHours(8), Credit: null).Apply(File, Now);

        Assert.Equal(File with { NotBefore = Now.AddHours(8) }, file);
    }

    [Fact]
    public void When_the_policy_has_another_ladder_the_plan_is_made_again() =>
        Assert.Null(new ReminderResult.NotDue().Apply(File, Now).Plan);

    private static ReminderResult.Sent Sent(ReminderSent reminder) =>
        new(reminder, Given.Day("2025-10-30"), ReminderPlan.Empty);

    private static ReminderSent Reminder(int level, Money? interest) => new(
        level, DunningTone.Formal, Given.Usd(1_000), Given.Day("2025-09-30"), DaysOverdue: 30, OtherInvoices: 0,
        interest, CreditOnHold: false);
}
