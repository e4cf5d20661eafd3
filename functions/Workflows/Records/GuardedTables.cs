using System.Reflection;

namespace Workflows.Records;

/// <summary>
/// Marks the name of a table that says what is owed, paid, granted or decided, and by whom. A home that can sees to it
/// that no row of it is changed, lost or replaced by an older one without being noticed.
/// </summary>
[AttributeUsage(AttributeTargets.Field)]
internal sealed class GuardedAttribute : Attribute;

/// <summary>The tables that are marked as <see cref="GuardedAttribute">guarded</see>.</summary>
public static class GuardedTables
{
    /// <summary>Their names, in order.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. typeof(GuardedTables).Assembly.GetTypes().Where(type => type.IsClass)
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(field => field.IsDefined(typeof(GuardedAttribute)))
            .Select(field => (string)field.GetRawConstantValue()!)
            .Order(StringComparer.Ordinal),
    ];
}
