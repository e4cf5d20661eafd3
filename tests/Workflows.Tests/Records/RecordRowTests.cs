using Workflows.Platform;
using Workflows.Records;

namespace Workflows.Tests.Records;

public sealed class RecordRowTests
{
    private const int PieceLength = 30_000;

    [Theory]
    [InlineData(0)]
    [InlineData(PieceLength)]
    [InlineData(200_000)]
    public void A_record_of_any_length_is_read_as_it_was_written(int length)
    {
        var record = new Kept(new string('x', length));
        Assert.Equal(record, new TableRow("p", "r").With(record).Read<Kept>());
    }

    // Of the JSON, pieces end on odd and on even places: one of these texts would be cut within a character.
    [Theory]
    [InlineData("")]
    [InlineData("x")]
    public void No_piece_ends_within_a_character(string before)
    {
        var record = new Kept(before + string.Concat(Enumerable.Repeat("👍", PieceLength)));
        var row = new TableRow("p", "r").With(record);
        Assert.All(row.Properties.Values.Cast<string>(), piece => Assert.False(char.IsHighSurrogate(piece[^1])));
        Assert.Equal(record, row.Read<Kept>());
    }

    private sealed record Kept(string Text);
}
