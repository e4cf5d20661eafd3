namespace Workflows.Web.Layout;

/// <summary>What a person put into a form that was not taken, so that they need not write it again.</summary>
/// <param name="Action">Which form.</param>
/// <param name="Field">A field's text; empty when it was left so.</param>
public sealed record SubmittedValues(string Action, Func<string, string> Field)
{
    /// <summary>Nothing was sent.</summary>
    public static SubmittedValues Nothing { get; } = new("", _ => "");

    /// <summary>A field's text in that form, or else what it shows at first.</summary>
    public string Or(string action, string field, string? initial) => Action == action ? Field(field) : initial ?? "";

    /// <summary>Whether that is the form.</summary>
    public bool Is(string action) => Action == action;
}
