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
    public long Seal()
    {
        var seal = new Seal();
        seal.Add(Key);
        seal.Add(Id);
        seal.Add(Name);
        seal.Add(Version);
        seal.Add(Created);
        seal.Add((long)Status);
        seal.Add(Generation);
        seal.Add(Updated);
        seal.Add(Ended);
        seal.Add(StartAt);
        seal.Add(Parent?.Id);
        seal.Add(Parent?.Key);
        seal.Add((long?)Parent?.Generation);
        seal.Add((long?)Parent?.TaskId);
        seal.Add(Reason);
        seal.Add(CustomStatus);
        seal.Add(Input);
        seal.Add(Output);
        return seal.Value;
    }

    /// <summary>New at every start of the id, also after the file was replaced by another.</summary>
    public string ExecutionId(long fileId) => string.Create(CultureInfo.InvariantCulture, $"{fileId:x8}-{Key:x}");
}

/// <summary>Who waits for a sub-orchestration, and as what.</summary>
internal sealed record ParentLink(string Id, long Key, int Generation, int TaskId);
