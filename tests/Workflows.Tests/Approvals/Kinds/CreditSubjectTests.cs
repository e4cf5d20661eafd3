using Workflows.Approvals.Kinds;
using Workflows.Trade;

namespace Workflows.Tests.Approvals.Kinds;

public class CreditSubjectTests
{
    // Finance 25,000 of the base currency, then the director without a limit. A euro is 1.08 dollars.
    [Theory]
    [InlineData(0, "USD", "Finance Director")]
    [InlineData(25_000, "USD", "Finance Director")]
    [InlineData(25_000.01, "USD", "Director")]
    [InlineData(23_148.14, "EUR", "Finance Director")]
    [InlineData(23_148.16, "EUR", "Director")]
    [InlineData(1, "KWD", "Director")]
    public void The_amount_over_the_limit_decides_in_the_base_currency(double amount, string currency, string roles)
    {
        var subject = Subjects.Credit with { OverBy = Money.Of((decimal)amount, currency) };

        Assert.Equal(roles, string.Join(' ', subject.LevelsBy(Subjects.Policy).Roles()));
    }

    [Fact]
    public void The_approver_sees_the_exposure_and_why_it_needs_a_decision()
    {
        Assert.Equal("Credit of USD 5,000.00 over the limit for Anna Becker", Subjects.Credit.Heading());
        Assert.Equal(
            [
                "Buyer: Anna Becker, no company given (country unknown)",
                "This order: USD 20,000.00, OA60",
                "Exposure with it: USD 105,000.00",
                "Limit: USD 100,000.00",
                "Over by: USD 5,000.00",
                "Why a decision: Over the limit; On hold",
            ],
            Subjects.Credit.FactLines());
    }
}
