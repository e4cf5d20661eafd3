namespace Workflows.Web.Layout;

/// <summary>One bar of a chart.</summary>
/// <param name="Name">What it is; may be hostile text.</param>
/// <param name="Value">Its length, in the unit that all of the chart share.</param>
/// <param name="Text">The value for people.</param>
/// <param name="Css">Class that colours it; empty is the usual colour.</param>
public sealed record Bar(string Name, decimal Value, string Text, string Css = "");
