using System.Text.RegularExpressions;
using Workflows.Conformance;

namespace Workflows.Tests.Walls;

/// <summary>
/// A line of code or markup has at most 120 columns; only a long text in it, which reads better whole, may pass them.
/// </summary>
public sealed partial class LineLengthTests
{
    private const int Columns = 120;

    [Fact]
    public void A_line_of_code_has_at_most_120_columns()
    {
        var tooLong =
            from folder in new[] { "functions", "tests" }
            from pattern in new[] { "*.cs", "*.razor" }
            from file in Sources.Files(folder, pattern)
            from line in File.ReadLines(file).Index()
            where line.Item.Length > Columns && !HoldsLongText().IsMatch(line.Item)
            select $"{Path.GetRelativePath(Sources.Root, file)}:{line.Index + 1}";
        Assert.Empty(tooLong);
    }

    // A literal of sixty characters or more, or JSON.
    [GeneratedRegex("""
        "[^"]{60,}|"[a-z]+":
        """)]
    private static partial Regex HoldsLongText();
}
