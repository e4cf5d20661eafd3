namespace Workflows.Web.Console.Shell;

/// <summary>What somebody put into a form that was not taken, so that they need not write it again.</summary>
/// <param name="Act">Which form.</param>
/// <param name="Field">A field's text; empty when it was left so.</param>
public sealed record Entered(string Act, Func<string, string> Field)
{
    /// <summary>Nothing was sent.</summary>
    public static Entered Nothing { get; } = new("", _ => "");

    /// <summary>A field's text in that form, or else what it shows at first.</summary>
    public string Or(string act, string field, string? initial) => Act == act ? Field(field) : initial ?? "";

    /// <summary>Whether that is the form.</summary>
    public bool Is(string act) => Act == act;
}
