using System.Globalization;
using Workflows.Engine.Storage;
using Workflows.Platform;

namespace Workflows.Engine.Instances;

/// <summary>The row of an instance. Times are UTC ticks.</summary>
internal sealed record InstanceRow(long Key, string Id, string Name, string? Version, long Created)
{
    public OrchestrationStatus Status { get; init; }

    public int Generation { get; init; }

    public long Updated { get; init; }

    public long? Ended { get; init; }

    public long? StartAt { get; init; }

    public ParentLink? Parent { get; init; }

    public string? Reason { get; init; }

    public byte[]? CustomStatus { get; init; }

    public byte[]? Input { get; init; }

    /// <summary>
    /// The result when it completed, the reason when it was terminated, the JSON of the failure when it failed.
    /// </summary>
    public byte[]? Output { get; init; }

    /// <summary>The checksum over all columns.</summary>
    public long Checksum()
    {
        var checksum = new RowChecksum();
        checksum.Add(Key);
        checksum.Add(Id);
        checksum.Add(Name);
        checksum.Add(Version);
        checksum.Add(Created);
        checksum.Add((long)Status);
        checksum.Add(Generation);
        checksum.Add(Updated);
        checksum.Add(Ended);
        checksum.Add(StartAt);
        checksum.Add(Parent?.Id);
        checksum.Add(Parent?.Key);
        checksum.Add((long?)Parent?.Generation);
        checksum.Add((long?)Parent?.TaskId);
        checksum.Add(Reason);
        checksum.Add(CustomStatus);
        checksum.Add(Input);
        checksum.Add(Output);
        return checksum.Value;
    }

    /// <summary>An id that differs at every start of the instance id, in this file and in others.</summary>
    public string ExecutionId(long fileId) => string.Create(CultureInfo.InvariantCulture, $"{fileId:x8}-{Key:x}");
}

/// <summary>The parent of a sub-orchestration, and the task that waits for it.</summary>
internal sealed record ParentLink(string Id, long Key, int Generation, int TaskId);
