using System.Globalization;
using Workflows.Engine.Storage;
using Workflows.Platform;

namespace Workflows.Engine.Instances;

/// <summary>An instance as its row keeps it. Times are UTC ticks.</summary>
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

    /// <summary>The result of a completed one, the reason of a terminated one, the failure's JSON of a failed one.</summary>
    public byte[]? Output { get; init; }

    /// <summary>Checksum over all of it.</summary>
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

    /// <summary>New at every start of the id, also after the file was replaced by another.</summary>
    public string ExecutionId(long fileId) => string.Create(CultureInfo.InvariantCulture, $"{fileId:x8}-{Key:x}");
}

/// <summary>Who waits for a sub-orchestration, and as what.</summary>
internal sealed record ParentLink(string Id, long Key, int Generation, int TaskId);
