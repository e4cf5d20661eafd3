using Workflows.Platform;

namespace Workflows.Conformance;

/// <summary>
/// Documented differences between homes. The defaults are the contract at its strictest; a home that sets another value
/// says why beside it, and the facts then expect just that.
/// </summary>
public sealed record HomeTraits
{
    /// <summary>
    /// Row 20: an instance that returns while a timer is open ends at once. Durable Functions keeps it running.
    /// </summary>
    public bool EndsWithOpenTimers { get; init; } = true;

    /// <summary>
    /// Rows 81-83: where an instance goes whose code and history disagree. Durable Functions fails it for good.
    /// </summary>
    public OrchestrationStatus OnDivergence { get; init; } = OrchestrationStatus.Blocked;

    /// <summary>
    /// Row 72: an instance that a person ends hands over what it did not take. Durable ends it without its code, which
    /// alone knows what it has taken.
    /// </summary>
    public bool HandsOverWhenTerminated { get; init; } = true;

    /// <summary>
    /// Row 81: the log names an instance as soon as it diverges. Durable Functions leaves that to a person who looks
    /// for failures.
    /// </summary>
    public bool AlertsOnDivergence { get; init; } = true;

    /// <summary>
    /// Row 82: a step with the same name and another input is a divergence. Durable Functions does not look.
    /// </summary>
    public bool ComparesInputs { get; init; } = true;

    /// <summary>
    /// Row 48: starts of an activity, each killing the process, after which the instance is parked; null is never.
    /// </summary>
    public int? StartsBeforeParking { get; init; } = 5;

    /// <summary>
    /// Row 43: a step's attempts count the starts that a crash cut short. Durable Functions does not count them.
    /// </summary>
    public bool CountsKilledStarts { get; init; } = true;

    /// <summary>Row 89: the largest payload in bytes of UTF-8 JSON; one more is refused.</summary>
    public int MaxPayloadBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>
    /// An activity that fails leaves none of its rows and mails behind. On Azure they stay, and are written again.
    /// </summary>
    public bool ActivitiesAreTransactions { get; init; } = true;

    /// <summary>
    /// Rows 12, 24, 25, 30, 56, 77, 90, 91, 96: how many there are where there are many. A home whose storage is an
    /// emulator takes fewer.
    /// </summary>
    public int Many { get; init; } = 1_000;

    /// <summary>Row 86: the home can be started as a build that runs only instances of some versions.</summary>
    public bool RoutesVersions { get; init; } = true;

    /// <summary>Rows 92-93: several processes may share a state. The embedded home refuses the second.</summary>
    public bool AllowsSecondProcess { get; init; }
}
