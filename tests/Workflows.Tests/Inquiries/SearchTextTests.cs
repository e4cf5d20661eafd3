using Workflows.Inquiries;

namespace Workflows.Tests.Inquiries;

public class SearchTextTests
{
    [Theory]
    [InlineData("ＲＦ－ＢＶ５０", "rf-bv50")]
    [InlineData("Cafe\u0301", "CAF\u00c9")]
    [InlineData("RF\u200b-BV50", "RF-BV50")]
    [InlineData("  Ball   valve ", "ball valve")]
    public void Names_that_look_alike_are_the_same(string one, string other) =>
        Assert.True(SearchText.IsSame(one, other));

    [Theory]
    [InlineData("RF-BV50", "RF-BV51")]
    [InlineData("Café", "Cafe")]
    [InlineData(null, "RF-BV50")]
    public void Names_that_differ_are_not(string? one, string? other) => Assert.False(SearchText.IsSame(one, other));

    [Theory]
    [InlineData("We need ＢＡＬＬ ＶＡＬＶＥＳ now", "ball valves", true)]
    [InlineData("Buy back\u00adlinks", "backlinks", true)]
    [InlineData("Seoul", "seo", false)]
    public void Words_are_found_in_any_form_and_never_inside_another_word(string text, string phrase, bool found) =>
        Assert.Equal(found, SearchText.Contains(text, phrase));
}
