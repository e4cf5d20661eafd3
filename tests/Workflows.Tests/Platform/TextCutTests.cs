using Workflows.Platform;

namespace Workflows.Tests.Platform;

public sealed class TextCutTests
{
    [Theory]
    [InlineData("", 3, "")]
    [InlineData("abc", 3, "abc")]
    [InlineData("abcd", 3, "abc")]
    [InlineData("ab👍", 4, "ab👍")]
    [InlineData("ab👍d", 4, "ab👍")]
    [InlineData("ab👍", 3, "ab")]
    public void Beginning_never_halves_a_character(string text, int length, string expected)
    {
        Assert.Equal(expected, text.Beginning(length));
        Assert.Equal(expected, text.AsSpan().Beginning(length).ToString());
    }

    [Theory]
    [InlineData("abcd", 4, "abcd")]
    [InlineData("abcde", 4, "abc…")]
    [InlineData("ab👍de", 4, "ab…")]
    public void Shortened_ends_with_an_ellipsis_within_the_length(string text, int length, string expected) =>
        Assert.Equal(expected, text.Shortened(length));

    [Fact]
    public void ShortenedLine_makes_one_line_of_many() =>
        Assert.Equal("We need 500 pc…", " We need\r\n\t500 pcs\nof it ".ShortenedLine(15));
}
