using System.Reflection;

namespace Workflows.Platform;

/// <summary>
/// Pins the name under which histories record an orchestration or activity. Put it on a type before renaming the type:
/// recorded histories keep the old name for ever.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class DurableNameAttribute(string name) : Attribute
{
    /// <summary>The recorded name.</summary>
    public string Name { get; } = name;

    /// <summary>The recorded name of a type: its attribute's, or else the type's own.</summary>
    public static string Of(MemberInfo type) => type.GetCustomAttribute<DurableNameAttribute>()?.Name ?? type.Name;
}
