namespace Workflows.Engine.Turns;

/// <summary>The present code does not take the actions that its history records.</summary>
internal sealed class DivergenceException(string instanceId, int eventNumber, string? expected, string? found)
    : Exception(
        $"Instance '{instanceId}' diverges from its history at event {eventNumber}: the history has "
        + $"{expected ?? "no further action"}, the present code gives {found ?? "no further action"}. Was the code changed?")
{
    /// <summary>Counted over messages and actions, from 1.</summary>
    public int EventNumber { get; } = eventNumber;

    public string Expected { get; } = expected ?? "no further action";

    public string Found { get; } = found ?? "no further action";
}
