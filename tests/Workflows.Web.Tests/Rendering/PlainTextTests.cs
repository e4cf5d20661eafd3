using Workflows.Web.Rendering;

namespace Workflows.Web.Tests.Rendering;

public sealed class PlainTextTests
{
    [Theory]
    [InlineData("<p>One\n  two</p><p>three</p>", "One two\n\nthree\n")]
    [InlineData("<p>One<br>two</p>", "One\ntwo\n")]
    [InlineData("<a href=\"https://x.example/1?a=1&amp;b=2\">Open</a>", "Open: https://x.example/1?a=1&b=2\n")]
    [InlineData("<a href=\"https://x.example\">https://x.example</a>", "https://x.example\n")]
    [InlineData(
        "<table><tr><th scope=\"row\">Due</th><td>today</td></tr>"
            + "<tr><th scope=\"row\">Open</th><td>1</td></tr></table>",
        "Due: today\nOpen: 1\n")]
    [InlineData("<div aria-hidden=\"true\">preheader</div><p>text</p>", "text\n")]
    public void The_text_reads_like_the_page(string html, string text) => Assert.Equal(text, PlainText.Of(html));

    [Fact]
    public void What_another_person_wrote_is_quoted_line_by_line() =>
        Assert.Equal(
            "They wrote:\n\n> Dear Sir,\n> \n> <b>hello</b>\n",
            PlainText.Of("<p>They wrote:</p><pre>Dear Sir,\n\n&lt;b&gt;hello&lt;/b&gt;</pre>"));
}
