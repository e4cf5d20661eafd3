using System.Globalization;
using System.Text.RegularExpressions;
using Workflows.Conformance;

namespace Workflows.Tests.Walls;

/// <summary>What CONTRIBUTING.md says of the sources holds.</summary>
public sealed partial class ContributingTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(Sources.Root, "CONTRIBUTING.md"));

    [Fact]
    public void Every_path_in_it_exists()
    {
        var missing =
            from path in QuotedPath().Matches(Text).Concat(LinkedPath().Matches(Text))
            let found = path.Groups[1].Value
            where !Exists(found) && !Exists(Path.Combine("functions", found))
            select found;
        Assert.Empty(missing);
    }

    [Fact]
    public void Every_walk_opens_at_most_eight_files_and_touches_at_most_five_that_are_no_tests()
    {
        var walks = Walk().Matches(Text);
        Assert.Equal(6, walks.Count);
        Assert.All(walks, walk =>
        {
            var rows = Row().Matches(walk.Groups[2].Value);
            var opened = rows.Count(row => Cell(row, 2) != "");
            var touched = rows.Where(row => Cell(row, 3) != "").ToList();
            Assert.InRange(opened, 1, 8);
            Assert.InRange(touched.Count(row => !Cell(row, 1).Contains("tests/", StringComparison.Ordinal)), 1, 5);
            var said = Counts().Match(Text, walk.Index + walk.Length);
            Assert.Equal((opened, touched.Count), (Number(said, 1), Number(said, 2)));
        });
    }

    private static int Number(Match match, int group) =>
        int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    private static string Cell(Match row, int number) => row.Groups[number].Value.Trim();

    private static bool Exists(string path) =>
        File.Exists(Path.Combine(Sources.Root, path)) || Directory.Exists(Path.Combine(Sources.Root, path));

    // In backquotes, with a slash that is not its beginning, as a route's is.
    [GeneratedRegex(@"`([A-Za-z][\w.-]*/[\w./-]*)`")]
    private static partial Regex QuotedPath();

    // The target of a link, without its heading.
    [GeneratedRegex(@"\]\(([A-Za-z][\w./-]*)(?:#[\w-]+)?\)")]
    private static partial Regex LinkedPath();

    // A heading of the third level, and its table of files.
    [GeneratedRegex(
        @"^### ([^\n]+)\n(?:(?!^#).*\n)*?\| file \| open \| touch \|\n\|[-|]+\n((?:\|.*\n)+)", RegexOptions.Multiline)]
    private static partial Regex Walk();

    [GeneratedRegex(@"^\|([^|]*)\|([^|]*)\|([^|]*)\|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    // The sentence below the table; "4 or 5" counts a row that is only touched sometimes.
    [GeneratedRegex(@"^Open (\d+), touch (?:\d+ or )?(\d+)", RegexOptions.Multiline)]
    private static partial Regex Counts();
}
