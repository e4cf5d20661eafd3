using System.Reflection;
using Microsoft.Extensions.Logging;

namespace Workflows.Conformance;

/// <summary>
/// The numbers of what a home logs. People and alerts look lines up by number, so one number means one thing in a
/// process: each assembly numbers its own within a range that no other one of the home uses.
/// </summary>
public static class LogEvents
{
    private const int Range = 1_000;

    private const BindingFlags All =
        BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>Holds it, for everything of ours that an assembly brings with it.</summary>
    public static void AssertEachHasANumberOfItsOwn(Assembly home)
    {
        var assemblies = new Dictionary<string, Assembly>();
        Collect(home, assemblies);
        var events = assemblies.Values.SelectMany(assembly => assembly.GetTypes())
            .SelectMany(type => type.GetMethods(All))
            .Select(method => (Method: method, method.GetCustomAttribute<LoggerMessageAttribute>()?.EventId))
            .Where(each => each.EventId is not null)
            .Select(each => (
                Id: each.EventId!.Value,
                Name: $"{each.Method.DeclaringType}.{each.Method.Name}",
                each.Method.Module.Assembly))
            .ToList();

        Assert.InRange(events.Select(each => each.Assembly).Distinct().Count(), 3, int.MaxValue);
        Assert.All(events.GroupBy(each => each.Id), same => Assert.Single(same));
        Assert.All(
            events.GroupBy(each => each.Id / Range),
            range => Assert.Single(range.Select(each => each.Assembly.GetName().Name).Distinct()));
    }

    private static void Collect(Assembly assembly, Dictionary<string, Assembly> found)
    {
        if (!found.TryAdd(assembly.GetName().Name!, assembly))
        {
            return;
        }

        var ours = assembly.GetReferencedAssemblies()
            .Where(name => name.Name!.StartsWith("Workflows", StringComparison.Ordinal));
        foreach (var name in ours)
        {
            Collect(Assembly.Load(name), found);
        }
    }
}
