namespace Workflows.Web.Rendering.Blocks;

/// <summary>One priced line, ready to read.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Detail">Item number, quantity and unit price.</param>
/// <param name="Amount">With its currency.</param>
public sealed record PricedLine(string Name, string Detail, string Amount);
