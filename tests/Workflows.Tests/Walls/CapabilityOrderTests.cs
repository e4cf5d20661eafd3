using System.Text.RegularExpressions;
using Workflows.Conformance;

namespace Workflows.Tests.Walls;

/// <summary>The folders of the business stand in one order: a folder uses those before it only.</summary>
public sealed partial class CapabilityOrderTests
{
    /// <summary>From what all may use to what uses all. Those of one line do not use each other.</summary>
    private static readonly string[][] Order =
    [
        ["Activities", "Effects", "Mails", "Records", "Trade", "Calendars"],
        ["Policies", "Signals"],
        ["Facts", "Customers", "Approvals", "Sweeps"],
        ["Inquiries"],
        ["Quotations"],
        ["Orders"],
        ["Credit"],
        ["Receivables"],
        ["Reviews", "Lifecycle"],
    ];

    [Fact]
    public void Every_capability_has_its_place() =>
        Assert.Equal(Order.SelectMany(line => line).Order(), Directory.GetDirectories(Business).Select(Path.GetFileName)
            .Where(folder => folder is not ("bin" or "obj")).Order());

    [Fact]
    public void A_capability_uses_only_those_below_it()
    {
        var upward =
            from file in Sources.Files(Business, "*.cs")
            let folder = Path.GetRelativePath(Business, file).Split(Path.DirectorySeparatorChar)
            where folder.Length > 1
            from Match used in UsedCapability().Matches(File.ReadAllText(file))
            where used.Groups[1].Value != folder[0] && PlaceOf(used.Groups[1].Value) >= PlaceOf(folder[0])
            select $"{Path.GetRelativePath(Business, file)} uses {used.Groups[1].Value}";
        Assert.Empty(upward.Distinct());
    }

    private static string Business { get; } = Path.Combine(Sources.Root, "functions", "Workflows");

    private static int PlaceOf(string folder) => Array.FindIndex(Order, line => line.Contains(folder));

    // "using Workflows.Trade;", and names written in full. Other projects' namespaces begin the same way.
    [GeneratedRegex(
        @"\bWorkflows\.(Activities|Effects|Mails|Records|Trade|Calendars|Policies|Signals|Facts|Customers|Approvals|Sweeps|Inquiries|Quotations|Orders|Credit|Receivables|Reviews|Lifecycle)\b")]
    private static partial Regex UsedCapability();
}
