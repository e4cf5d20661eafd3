namespace Workflows.Engine.Turns;

/// <summary>The present code does not give the actions that are in the history.</summary>
internal sealed class DivergenceException(string instanceId, int eventNumber, string? expected, string? found)
    : Exception(
        $"Instance '{instanceId}' diverges from its history at event {eventNumber}: the history has "
        + $"{expected ?? NoAction}, the present code gives {found ?? NoAction}. Was the code changed?")
{
    private const string NoAction = "no further action";

    /// <summary>The number of the event: messages and actions are counted from 1.</summary>
    public int EventNumber { get; } = eventNumber;

    public string Expected { get; } = expected ?? NoAction;

    public string Found { get; } = found ?? NoAction;
}
