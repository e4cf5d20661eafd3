using System.Text.RegularExpressions;
using Workflows.Conformance;

namespace Workflows.Tests.Walls;

/// <summary>What CONTRIBUTING.md says of the sources holds.</summary>
public sealed partial class ContributingTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(Sources.Root, "CONTRIBUTING.md"));

    [Fact]
    public void Every_path_in_its_tables_exists()
    {
        var missing =
            from line in Text.Split('\n')
            where line.StartsWith('|')
            from Match path in QuotedPath().Matches(line)
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
            var (opened, touched) = (rows.Count(row => Cell(row, 2) != ""), rows.Where(row => Cell(row, 3) != ""));
            Assert.InRange(opened, 1, 8);
            Assert.InRange(touched.Count(row => !Cell(row, 1).Contains("tests/", StringComparison.Ordinal)), 1, 5);
        });
    }

    private static string Cell(Match row, int number) => row.Groups[number].Value.Trim();

    private static bool Exists(string path) =>
        File.Exists(Path.Combine(Sources.Root, path)) || Directory.Exists(Path.Combine(Sources.Root, path));

    // In backquotes, with a slash, and no route, option or pattern.
    [GeneratedRegex(@"`((?:Workflows|tests|docs|functions|infra)[\w.-]*/[\w./-]+)`")]
    private static partial Regex QuotedPath();

    // A heading of the third level, and its table of files.
    [GeneratedRegex(@"^### ([^\n]+)\n(?:(?!^#).*\n)*?\| file \| open \| touch \|\n\|[-|]+\n((?:\|.*\n)+)", RegexOptions.Multiline)]
    private static partial Regex Walk();

    [GeneratedRegex(@"^\|([^|]*)\|([^|]*)\|([^|]*)\|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
