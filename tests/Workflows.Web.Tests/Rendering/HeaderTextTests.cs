using Workflows.Web.Rendering;

namespace Workflows.Web.Tests.Rendering;

public sealed class HeaderTextTests
{
    [Theory]
    [InlineData("Bob\r\nBcc: v@x.y", "Bob Bcc: v@x.y")]
    [InlineData("a\u2028b\u0085c\u0000d", "a b c d")]
    [InlineData("invoice\u202Efdp.exe", "invoicefdp.exe")]
    [InlineData("  spaced \t out  ", "spaced out")]
    [InlineData("询盘 مرحبا 🚢", "询盘 مرحبا 🚢")]
    public void A_header_is_one_visible_line(string text, string expected) =>
        Assert.Equal(expected, HeaderText.Of(text));

    [Fact]
    public void A_long_text_is_cut_between_characters()
    {
        var cut = HeaderText.Of(string.Concat(Enumerable.Repeat("🚢", 300)));

        Assert.EndsWith("🚢…", cut, StringComparison.Ordinal);
        Assert.InRange(cut.Length, 180, 184);
    }
}
