using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Workflows.Conformance;

namespace Workflows.Engine.Tests.Conformance;

/// <summary>
/// The 98 rows of the contract of a durable home, each named by at least one fact: <c>C07_…</c> is row 7.
/// </summary>
public sealed partial class CoverageTests
{
    private const int Rows = 98;

    [Fact]
    public void Every_row_of_the_contract_has_a_fact_that_runs_on_this_home()
    {
        // Of the suite, only classes that a test class of this assembly derives from.
        var named = typeof(CoverageTests).Assembly.GetTypes().Where(type => !type.IsAbstract)
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance))
            .Where(method => method.GetCustomAttributes<FactAttribute>().Any(fact => fact.Skip is null))
            .Select(method => RowOf().Match(method.Name))
            .Where(match => match.Success)
            .Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))
            .ToHashSet();

        Assert.Empty(Enumerable.Range(1, Rows).Except(named));
    }

    [Fact]
    public void Every_group_of_facts_of_the_suite_runs_on_this_home()
    {
        var groups = typeof(HomeFacts).Assembly.GetTypes()
            .Where(type => type.IsAbstract && type.IsSubclassOf(typeof(HomeFacts)));
        var derived = typeof(CoverageTests).Assembly.GetTypes().Select(type => type.BaseType).ToHashSet();

        Assert.Empty(groups.Except(derived).Select(group => group!.Name));
    }

    [GeneratedRegex("^C([0-9]{2})_")]
    private static partial Regex RowOf();
}
