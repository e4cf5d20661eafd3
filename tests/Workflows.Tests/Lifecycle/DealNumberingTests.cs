using Workflows.Lifecycle;

namespace Workflows.Tests.Lifecycle;

public sealed class DealNumberingTests
{
    [Fact]
    public void The_same_inquiry_names_the_same_deal() =>
        Assert.Equal(DealNumbering.For("alibaba", "M1"), DealNumbering.For("alibaba", "M1"));

    [Fact]
    public void Another_platform_or_inquiry_names_another_deal()
    {
        Assert.NotEqual(DealNumbering.For("alibaba", "M1"), DealNumbering.For("standard", "M1"));
        Assert.NotEqual(DealNumbering.For("alibaba", "M1"), DealNumbering.For("alibaba", "M2"));
        Assert.NotEqual(DealNumbering.For("a", "b\nc"), DealNumbering.For("a\nb", "d"));
    }

    [Fact]
    public void An_id_can_be_read_out() =>
        Assert.Matches("^D(-[0-9A-HJKMNP-TV-Z]{4}){3}$", DealNumbering.For("alibaba", "/ \\ # ? 汉").Value);

    [Fact]
    public void Ten_thousand_inquiries_make_ten_thousand_deals()
    {
        var ids = Enumerable.Range(0, 10_000).Select(i => DealNumbering.For("standard", $"INQ-{i}"));
        Assert.Equal(10_000, ids.Distinct().Count());
    }
}
