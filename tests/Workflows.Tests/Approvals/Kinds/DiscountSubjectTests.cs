using Workflows.Approvals.Kinds;
using Workflows.Policies;

namespace Workflows.Tests.Approvals.Kinds;

public class DiscountSubjectTests
{
    // Manager 10, director 15; the floor margin is 8.
    [Theory]
    [InlineData(8, 20.0, "Manager Director")]
    [InlineData(10, 8.0, "Manager Director")]
    [InlineData(10.01, 20.0, "Director")]
    [InlineData(15, null, "Director")]
    [InlineData(15.01, 20.0, "")]
    [InlineData(0, 7.99, "Director")]
    [InlineData(8, 7.99, "Director")]
    [InlineData(15.01, 7.99, "")]
    public void Limits_are_included_and_below_the_floor_only_the_highest_level_decides(
        double percent, double? margin, string roles)
    {
        var subject = Subjects.Discount with
        {
            DiscountPercent = (decimal)percent,
            MarginPercent = (decimal?)margin,
        };

        Assert.Equal(roles, string.Join(' ', subject.LevelsBy(Subjects.Policy).Roles()));
    }

    [Fact]
    public void The_approver_sees_the_price_and_why_it_needs_a_decision()
    {
        Assert.Equal("8% discount on D-0000-0000-0000-Q1 for Acme", Subjects.Discount.Heading());
        Assert.Equal(
            [
                "Buyer: Anna Becker, Acme (DE)",
                "Quotation: D-0000-0000-0000-Q1, FOB Ningbo, Incoterms 2020",
                "List total: USD 50,000.00",
                "Discount: 8% (USD 4,000.00)",
                "Total: USD 46,000.00",
                "Margin: 14.2%",
                "Payment terms: TT30-70BL",
                "Why a decision: A discount of 8% is above the 5% of sales; the manager decides up to 10%. The margin "
                    + "is good.",
                "Note: –",
            ],
            Subjects.Discount.FactLines());
    }

    [Fact]
    public void An_unknown_margin_is_said_and_a_note_is_shown()
    {
        var subject = Subjects.Discount with { MarginPercent = null, Note = "Old friend." };
        var facts = subject.FactLines().ToList();

        Assert.Contains("unknown margin", subject.Heading(), StringComparison.Ordinal);
        Assert.Contains("Margin: unknown, because a cost is not given", facts);
        Assert.Equal("Note: Old friend.", facts[^1]);
    }

    [Fact]
    public void A_long_name_is_cut_in_the_heading_and_braces_in_it_are_only_text()
    {
        var buyer = new ApprovalBuyer("Anna {0}", "{1}\n" + new string('x', 100), "DE");

        var subject = Subjects.Discount with { DiscountPercent = 8.5m, Buyer = buyer };

        Assert.Equal(
            $"8.5% discount on D-0000-0000-0000-Q1 for {{1}} {new string('x', 75)}…", subject.Heading());
    }
}
