using System.Collections.Concurrent;
using System.Text.Json;

namespace Microsoft.DurableTask.Hub;

/// <summary>What a hub was asked to do. Each of these costs the storage of a real hub a number of requests.</summary>
internal enum HubOperation
{
    /// <summary>An orchestration was started by a client.</summary>
    Start,

    /// <summary>An activity was called.</summary>
    Activity,

    /// <summary>A sub-orchestration was called.</summary>
    SubOrchestration,

    /// <summary>A timer was set. One that is given up comes all the same, and is then ignored.</summary>
    Timer,

    /// <summary>A client raised an event.</summary>
    Event,

    /// <summary>An orchestration began anew.</summary>
    Generation,

    /// <summary>A client asked for an instance's state.</summary>
    StatusQuery,
}

/// <summary>Counts what is asked of a hub, replays not counted.</summary>
internal sealed class HubMeter
{
    private readonly ConcurrentDictionary<(HubOperation Operation, string Name), int> _counts = new();

    /// <summary>How often each was asked for, by the name of the orchestration, activity or event.</summary>
    public IReadOnlyDictionary<(HubOperation Operation, string Name), int> Counts => _counts;

    /// <summary>Characters of the largest input or result of an activity or orchestration; the storage keeps large ones in blobs.</summary>
    public int LargestPayload { get; private set; }

    public void Measure(JsonElement payload)
    {
        lock (_counts)
        {
            LargestPayload = Math.Max(LargestPayload, payload.GetRawText().Length);
        }
    }

    public void Count(HubOperation operation, string name) => _counts.AddOrUpdate((operation, name), 1, (_, before) => before + 1);
}
