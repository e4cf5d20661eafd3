using Workflows.Policies;
using Workflows.Receivables;
using Workflows.Receivables.Dunning;
using Workflows.Receivables.History;
using Workflows.Trade;

namespace Workflows.Tests.Receivables;

public sealed class CollectionActionsTests
{
    private static readonly DateTimeOffset Now = new(2025, 10, 20, 7, 0, 0, TimeSpan.Zero);
    private static readonly Invoice Open = Given.Invoice(1_000, Given.Day("2025-09-30"));

    [Fact]
    public void After_the_due_date_the_invoice_is_overdue()
    {
        var (file, effects) = Decide(Open, ActionKind.TurnOverdue);

        var entry = Assert.Single(file.Entries);
        Assert.Equal(
            new InvoiceEntry(
                2, StaffId.System, Now, InvoiceStatus.Overdue,
                new TurnedOverdue(Given.Usd(1_000), Given.Day("2025-09-30"))),
            entry);
        Assert.Empty(effects);
    }

    [Fact]
    public void A_broken_promise_is_escalated_to_a_manager_and_the_reminders_go_on()
    {
        var promised = Open with
        {
            PromisedFor = Given.Day("2025-10-17"),
            PromiseStands = true,
        };

        var (file, effects) = Decide(promised, ActionKind.EndPromise);

        Assert.Equal((false, null), (file.Invoice.PromiseStands, file.Plan));
        var broken = new PromiseBroken(Given.Usd(1_000), Given.Day("2025-10-17"));
        Assert.Equal(broken, Assert.Single(file.Entries).What);
        Assert.Equal([new CollectionEffect.Escalate(new Escalation(file.Invoice, broken))], effects);
        var mail = EscalationInput.Of(new Escalation(file.Invoice, broken));
        Assert.Equal(("promise|2025-10-17", StaffRole.Manager), (mail.Key, mail.Roles.Single()));
    }

    [Fact]
    public void A_dispute_without_a_result_ends_by_itself_and_the_owner_is_notified_of_it()
    {
        var disputed = Open with { Disputed = Given.Usd(400), DisputedUntil = Given.Day("2025-10-17") };

        var (file, effects) = Decide(disputed, ActionKind.EndDispute);

        Assert.Equal((Given.Usd(1_000), null), (file.Invoice.Claimed, file.Plan));
        var lapsed = new DisputeLapsed(Given.Usd(400), Given.Day("2025-10-17"));
        Assert.Equal(lapsed, Assert.Single(file.Entries).What);
        Assert.Equal([new CollectionEffect.Escalate(new Escalation(disputed, lapsed))], effects);
        var mail = EscalationInput.Of(new Escalation(disputed, lapsed));
        Assert.Equal(("dispute|2025-10-17", 0), (mail.Key, mail.Roles.Count));
    }

    [Fact]
    public void A_reminder_is_sent_by_its_activity_and_the_file_knows_that_one_was_tried()
    {
        var (file, effects) = Decide(Open, ActionKind.Remind);

        Assert.True(file.WasReminded);
        Assert.Empty(file.Entries);
        Assert.Equal([new CollectionEffect.Remind()], effects);
    }

    private static CollectionDecision Decide(Invoice invoice, ActionKind kind) => CollectionActions.Decide(
        CollectionFile.Of(invoice) with { Plan = ReminderPlan.Empty }, new NextAction(kind, Now, ""), Now);
}
