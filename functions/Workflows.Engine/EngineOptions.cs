namespace Workflows.Engine;

/// <summary>How an engine runs. Its memory is bounded by these numbers, not by how many instances there are.</summary>
public sealed class EngineOptions
{
    /// <summary>The SQLite file; made if it is not there. Beside it live its WAL and a lock file.</summary>
    public string DatabasePath { get; set; } = "workflows.db";

    /// <summary>The only clock: time stamps, timers and retries follow it.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Activities that run at the same time.</summary>
    public int MaxConcurrentActivities { get; set; } = 64;

    /// <summary>Orchestrators kept in memory between turns; the longest unused make room first and are replayed when needed.</summary>
    public int MaxLiveInstances { get; set; } = 10_000;

    /// <summary>
    /// Instances with work under way at the same time. Above it new work from outside is refused with
    /// <see cref="Platform.HomeUnavailableException"/>, and timers and recovery wait.
    /// </summary>
    public int MaxBusyInstances { get; set; } = 20_000;

    /// <summary>Writes in line; above it requests from outside are refused with <see cref="Platform.HomeUnavailableException"/>.</summary>
    public int MaxQueuedWrites { get; set; } = 20_000;

    /// <summary>Bytes of one input, result, event or mail, as UTF-8 JSON; a larger one is refused with a clear error.</summary>
    public int MaxPayloadBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>How often an activity may be started again after the process died while it ran, before its instance is blocked.</summary>
    public int MaxStartsOfAnActivity { get; set; } = 5;

    /// <summary>How often an activity is run again because rows it wrote conditionally were changed meanwhile.</summary>
    public int MaxRunsOnConflict { get; set; } = 10;

    /// <summary>How long a stop waits for running activities, in real time; the rest runs again after the start.</summary>
    public TimeSpan StopGrace { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The version of this build and which instances it runs; by default all of them.</summary>
    public Platform.VersionPolicy Versions { get; set; } = Platform.VersionPolicy.Any;

    /// <summary>
    /// Tables whose partitions carry a digest over their rows, so that a row that vanished, or an older one that came back,
    /// is found when it is read: ledgers, audit trails, timelines. A file goes on guarding what it once did; a table that
    /// it guards from now on is taken as it is. Reading one row looks at its whole partition; a short page of a list does not.
    /// </summary>
    public ISet<string> GuardedTables { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
}
