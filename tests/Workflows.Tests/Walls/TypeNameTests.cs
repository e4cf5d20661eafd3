using System.Text.RegularExpressions;
using Workflows.Conformance;

namespace Workflows.Tests.Walls;

/// <summary>
/// One name is one type, in functions/ and in tests/, so that a search finds what it looks for. Types inside of other
/// types are named by these, and are left out.
/// </summary>
public sealed partial class TypeNameTests
{
    /// <summary>
    /// Names that stand more than once, each with how often. CONTRIBUTING.md gives the reasons: put a new one there.
    /// </summary>
    private static readonly Dictionary<string, int> Shared = new()
    {
        // One of each assembly.
        ["Log"] = 5,

        // The two homes, which never see each other, name the same part alike.
        ["HomeOpening"] = 2,
        ["HomeSettings"] = 2,
        ["IMailTransport"] = 2,
        ["LogTests"] = 2,
        ["MailQueue"] = 2,
        ["MailView"] = 2,
        ["Payloads"] = 2,
        ["PayloadTooLargeException"] = 2,
        ["PolicyFile"] = 2,
        ["RenderingTests"] = 2,

        // A request's body, named in OpenAPI, and the orchestration that it starts, named in recorded histories.
        ["WriteOffRequest"] = 2,

        // Where a capability's tests begin.
        ["Given"] = 3,
    };

    [Fact]
    public void One_name_is_one_type_unless_there_is_a_reason()
    {
        var names =
            from root in new[] { "functions", "tests" }
            from file in Sources.Files(root, "*.cs").Concat(Sources.Files(root, "*.razor"))
            from name in Names(file)
            select (Name: name, Root: root, Folder: Path.GetDirectoryName(file));

        // Parts of one type lie in one folder.
        var declared = names.Distinct().GroupBy(each => (each.Name, each.Root))
            .Select(places => (name: places.Key.Name, count: places.Count()))
            .Where(each => each.count > 1);

        Assert.Equal(
            Shared.Select(pair => $"{pair.Key}: {pair.Value}").Order(),
            declared.Select(each => $"{each.name}: {each.count}").Order());
    }

    private static IEnumerable<string> Names(string file) => Path.GetExtension(file) == ".razor"
        ? new[] { Path.GetFileNameWithoutExtension(file) }.Where(name => name != "_Imports")
        : TopLevelType().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value);

    // Types of a file-scoped namespace begin their line.
    [GeneratedRegex(
        @"^(?:public |internal |static |sealed |abstract |partial |readonly )*(?:record struct|record|class|struct|interface|enum|delegate [\w<>?]+) (\w+)",
        RegexOptions.Multiline)]
    private static partial Regex TopLevelType();
}
