namespace Workflows.Engine;

/// <summary>The settings of an engine. They limit its memory, whatever the number of instances.</summary>
public sealed class EngineOptions
{
    /// <summary>
    /// The path of the SQLite file, which is created when it is missing. Its WAL, a lock file and a mark file stand
    /// beside it.
    /// </summary>
    public string DatabasePath { get; set; } = "workflows.db";

    /// <summary>The clock of time stamps, timers and retries.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>The most activities that run at the same time.</summary>
    public int MaxConcurrentActivities { get; set; } = 64;

    /// <summary>
    /// The most instances that stay in memory between turns. Above it the longest unused leave, and are replayed when
    /// they are needed.
    /// </summary>
    public int MaxLiveInstances { get; set; } = 10_000;

    /// <summary>
    /// The most instances with work under way at the same time. Above it, calls that start instances throw
    /// <see cref="Platform.HomeUnavailableException"/>; recovery after a start waits from half of it on.
    /// </summary>
    public int MaxBusyInstances { get; set; } = 20_000;

    /// <summary>
    /// The most writes that are queued. Above it calls throw <see cref="Platform.HomeUnavailableException"/>.
    /// </summary>
    public int MaxQueuedWrites { get; set; } = 20_000;

    /// <summary>
    /// The most bytes of one input, result, event, status or mail, as UTF-8 JSON. A larger one is refused.
    /// </summary>
    public int MaxPayloadBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>
    /// How many times the process may die while an activity runs, before the activity's instance is blocked.
    /// </summary>
    public int MaxStartsOfAnActivity { get; set; } = 5;

    /// <summary>
    /// How many times an activity runs, at most, when others change the rows that it writes conditionally.
    /// </summary>
    public int MaxRunsOnConflict { get; set; } = 10;

    /// <summary>
    /// How long a stop waits for running activities, in real time. Those that still run then run again after the start.
    /// </summary>
    public TimeSpan StopGrace { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The version of this build, and the versions of the instances that it runs; by default all.</summary>
    public Platform.VersionPolicy Versions { get; set; } = Platform.VersionPolicy.Any;

    /// <summary>
    /// Tables whose partitions have a digest over their rows, so that a read finds out when a row was lost or an older
    /// one came back: ledgers, audit trails, timelines. A file that guards a table guards it for ever; a table that is
    /// added is guarded as it is then. Reading one row checks its whole partition; reading a short page does not.
    /// </summary>
    public ISet<string> GuardedTables { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
}
