using System.Reflection;
using System.Xml.Linq;
using Workflows.Conformance;

namespace Workflows.Embedded.Tests.Walls;

/// <summary>
/// Who may know whom. The project files say what can be used, the assemblies what is used: both are looked at, because
/// an unused reference does not show in an assembly.
/// </summary>
public sealed class WallTests
{
    private const string Platform = "Workflows.Platform";
    private const string Engine = "Workflows.Engine";
    private const string Business = "Workflows";
    private const string Web = "Workflows.Web";
    private const string Embedded = "Workflows.Embedded";

    // The build's own analyzers reach no program.
    private static readonly string[] BuildOnly = ["Microsoft.CodeAnalysis.BannedApiAnalyzers"];

    [Fact]
    public void Platform_uses_the_runtime_and_the_logging_contract_alone()
    {
        var strangers = References(Platform).Where(
            name => !IsRuntime(name) && name != "Microsoft.Extensions.Logging.Abstractions");

        Assert.Empty(strangers);
    }

    [Fact]
    public void Platform_has_no_package_and_no_project_behind_it()
    {
        Assert.Empty(Items(Platform, "PackageReference"));
        Assert.Empty(Items(Platform, "ProjectReference"));
    }

    [Fact]
    public void The_engine_knows_the_platform_and_nothing_of_the_business() => AssertKnows(Engine, Platform);

    [Fact]
    public void The_business_knows_the_platform_and_neither_home_nor_engine_nor_web() =>
        AssertKnows(Business, Platform);

    [Fact]
    public void The_business_has_no_package_behind_it_but_calendars() =>
        Assert.Equal(["NodaTime", "PublicHoliday"], Items(Business, "PackageReference"));

    [Fact]
    public void Web_knows_the_business_and_neither_home_nor_engine() => AssertKnows(Web, Platform, Business);

    [Fact]
    public void The_embedded_home_alone_sees_both_the_engine_and_the_business()
    {
        var seeBoth = Directory.GetDirectories(Path.Combine(Sources.Root, "functions"))
            .Select(Path.GetFileName)
            .OfType<string>()
            .Where(project => ReachableProjects(project).IsSupersetOf([Engine, Business]));

        Assert.Equal([Embedded], seeBoth);
    }

    private static void AssertKnows(string project, params string[] allowed)
    {
        Assert.Subset(allowed.ToHashSet(), ReachableProjects(project));
        Assert.Subset(allowed.ToHashSet(), References(project).Where(IsOurs).ToHashSet());
    }

    private static HashSet<string> References(string assembly) =>
        [.. Assembly.Load(assembly).GetReferencedAssemblies().Select(name => name.Name!)];

    private static HashSet<string> ReachableProjects(string project)
    {
        var reached = new HashSet<string>();
        foreach (
            var next in Items(project, "ProjectReference").Select(
                path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/'))))
        {
            reached.Add(next);
            reached.UnionWith(ReachableProjects(next));
        }

        return reached;
    }

    private static List<string> Items(string project, string kind) =>
        [.. XDocument.Load(Path.Combine(Sources.Root, "functions", project, project + ".csproj"))
            .Descendants(kind)
            .Select(item => (string)item.Attribute("Include")!)
            .Except(BuildOnly)];

    private static bool IsRuntime(string name) =>
        name == "System" || name.StartsWith("System.", StringComparison.Ordinal) || name == "netstandard";

    private static bool IsOurs(string name) =>
        name == Business || name.StartsWith("Workflows.", StringComparison.Ordinal);
}
