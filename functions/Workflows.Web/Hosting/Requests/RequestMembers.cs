using System.Reflection;
using System.Text.Json.Serialization.Metadata;

namespace Workflows.Web.Hosting.Requests;

/// <summary>The form's name of a member, where it is not the member's own.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class FormFieldAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}

/// <summary>What a request record says of its members.</summary>
internal static class RequestMembers
{
    public static bool IsNullable(JsonPropertyInfo member) =>
        member.AssociatedParameter?.IsNullable ?? member.IsSetNullable;

    public static RuleAttribute[] RulesOf(JsonPropertyInfo member) =>
        [.. RulesOf(member.AssociatedParameter?.AttributeProvider), .. RulesOf(member.AttributeProvider)];

    public static string FieldOf(JsonPropertyInfo member) =>
        member.AssociatedParameter?.AttributeProvider?.GetCustomAttributes(typeof(FormFieldAttribute), inherit: false)
            is [FormFieldAttribute field] ? field.Name : member.Name;

    /// <summary>The members that stand in for one, see <see cref="OtherwiseAttribute"/>.</summary>
    public static IReadOnlyList<string> StandInsOf(JsonPropertyInfo member) =>
        new[] { member.AssociatedParameter?.AttributeProvider, member.AttributeProvider }
            .SelectMany(declared => declared?.GetCustomAttributes(typeof(OtherwiseAttribute), inherit: false) ?? [])
            .OfType<OtherwiseAttribute>()
            .FirstOrDefault()?.Members ?? [];

    private static IEnumerable<RuleAttribute> RulesOf(ICustomAttributeProvider? member) =>
        member?.GetCustomAttributes(typeof(RuleAttribute), inherit: true).Cast<RuleAttribute>() ?? [];
}
