using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Tests.Approvals.Kinds;

public class WriteOffSubjectTests
{
    // Finance 500, manager 5,000 of the base currency, then the director without a limit.
    [Theory]
    [InlineData(500, "USD", "Finance Manager Director")]
    [InlineData(500.01, "USD", "Manager Director")]
    [InlineData(5_000, "USD", "Manager Director")]
    [InlineData(5_000.01, "USD", "Director")]
    [InlineData(1, "KWD", "Director")]
    public void The_open_amount_decides_in_the_base_currency(double amount, string currency, string roles)
    {
        var subject = Subjects.WriteOff with { Open = Money.Of((decimal)amount, currency) };

        Assert.Equal(roles, string.Join(' ', subject.LevelsBy(Subjects.Policy).Roles()));
    }

    [Fact]
    public void The_approver_sees_what_was_billed_and_paid_and_what_was_tried()
    {
        Assert.Equal("Give up USD 4,000.00 of invoice INV-1", Subjects.WriteOff.Heading());
        Assert.Equal(
            [
                "Buyer: Acme (DE)",
                "Invoice: INV-1, balance, order SO-1",
                "Billed: USD 20,000.00",
                "Paid: USD 16,000.00",
                "To be given up: USD 4,000.00",
                "Due: 2026-10-31, 4 days overdue",
                "Reminders: sent up to level 2",
                "Reason: buyer insolvent",
                "Asked for by: Mei Chen",
            ],
            Subjects.WriteOff.FactLines());
    }

    [Fact]
    public void What_is_not_due_or_not_reminded_of_is_said_so()
    {
        var subject = Subjects.WriteOff with { Country = null, Due = new DateOnly(2026, 11, 4), DunningLevel = null };

        var facts = subject.FactLines().ToList();

        Assert.Equal("Buyer: Acme (country unknown)", facts[0]);
        Assert.Contains("Due: 2026-11-04, not overdue", facts);
        Assert.Contains("Reminders: none sent", facts);
    }

    [Theory]
    [InlineData(DueBasis.Order, 0, "due at once with the order")]
    [InlineData(DueBasis.Production, 1, "1 day after the end of production")]
    [InlineData(DueBasis.BillOfLading, 30, "30 days after the bill of lading")]
    [InlineData(DueBasis.Delivery, 60, "60 days after the delivery")]
    public void A_due_date_that_waits_is_shown_by_what_it_waits_for(DueBasis basis, int offsetDays, string reason)
    {
        var subject = Subjects.WriteOff with { Due = null, Basis = basis, OffsetDays = offsetDays };

        Assert.Contains($"Due: not known yet: {reason}", subject.FactLines());
    }
}
