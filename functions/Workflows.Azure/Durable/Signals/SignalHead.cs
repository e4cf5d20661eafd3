using Workflows.Platform;

namespace Workflows.Azure.Durable.Signals;

/// <summary>The row that an instance's id belongs to.</summary>
/// <param name="Run">Whose it is; empty when it was made by an event.</param>
/// <param name="From">Signals up to this number are of earlier runs.</param>
/// <param name="Last">Number of the last signal.</param>
/// <param name="TakenAt">Since when, UTC.</param>
/// <param name="Reason">Why a person held or ended the instance.</param>
public sealed record SignalHead(string Run, long From, long Last, DateTimeOffset TakenAt, string? Reason)
{
    /// <summary>Whether the run has ended, and has handed over what it did not take.</summary>
    public bool IsClosed { get; init; }

    /// <summary>The row's version as read.</summary>
    public string? ETag { get; private init; }

    internal static SignalHead Of(TableRow row) =>
        new(
            row.RequiredText("Run"), row.WholeNumber("From") ?? 0, row.WholeNumber("Last") ?? 0,
            row.Time("TakenAt")!.Value, row.Text("Reason"))
        {
            IsClosed = row.Text("Closed") is not null,
            ETag = row.ETag,
        };

    internal TableRow ToRow(string instanceId) => new(instanceId, "head")
    {
        ["Run"] = Run,
        ["From"] = From,
        ["Last"] = Last,
        ["TakenAt"] = TakenAt,
        ["Reason"] = Reason,
        ["Closed"] = IsClosed ? "yes" : null,
    };
}
