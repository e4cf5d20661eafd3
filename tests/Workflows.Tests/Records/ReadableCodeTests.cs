using Workflows.Records;

namespace Workflows.Tests.Records;

public sealed class ReadableCodeTests
{
    [Fact]
    public void The_same_text_has_the_same_code_and_a_longer_code_begins_with_the_shorter()
    {
        Assert.Equal(ReadableCode.Of("acme.example", 12), ReadableCode.Of("acme.example", 12));
        Assert.StartsWith(ReadableCode.Of("acme.example", 10), ReadableCode.Of("acme.example", 12));
        Assert.NotEqual(ReadableCode.Of("acme.example", 12), ReadableCode.Of("acme.test", 12));
    }

    [Fact]
    public void A_code_holds_no_letter_that_is_mistaken_for_another() =>
        Assert.All(
            Enumerable.Range(0, 100).Select(n => ReadableCode.Of($"inquiry {n}", 32)),
            code => Assert.Matches("^[0-9A-HJKMNP-TV-Z]{32}$", code));

    // Ids are kept for good: another code for the same text would make a second deal of a repeated webhook.
    [Fact]
    public void The_code_of_a_text_never_changes() =>
        Assert.Equal("GYZN0RN829YK", ReadableCode.Of("alibaba\n1", 12));
}
