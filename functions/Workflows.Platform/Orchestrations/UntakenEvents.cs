using System.Text.Json;

namespace Workflows.Platform;

/// <summary>
/// Events that an instance accepted and had not taken when it completed, failed or was terminated. Their senders were
/// promised that they are delivered, so the home starts <see cref="IOrchestration.HandsUntakenEventsTo"/> with
/// them, as part of the end. A failed instance that is rewound takes them all the same.
/// </summary>
/// <param name="InstanceId">The instance that ended.</param>
/// <param name="Events">In order of arrival.</param>
public sealed record UntakenEvents(string InstanceId, IReadOnlyList<UntakenEvent> Events)
{
    private const int BatchCharacters = 128 * 1024;
    private const int LongestIdPart = 60;

    /// <summary>Shares events out, so that no input becomes too large.</summary>
    public static IEnumerable<UntakenEvents> Batches(string instanceId, IEnumerable<UntakenEvent> events)
    {
        var batch = new List<UntakenEvent>();
        var characters = 0;
        foreach (var untaken in events)
        {
            var length = untaken.Payload.ValueKind == JsonValueKind.Undefined ? 0 : untaken.Payload.GetRawText().Length;
            if (batch.Count > 0 && characters + length > BatchCharacters)
            {
                yield return new UntakenEvents(instanceId, batch);
                (batch, characters) = ([], 0);
            }

            batch.Add(untaken);
            characters += length;
        }

        if (batch.Count > 0)
        {
            yield return new UntakenEvents(instanceId, batch);
        }
    }

    /// <summary>The id of the instance that gets a batch.</summary>
    /// <param name="key">Tells this batch from all others of the instance. At most 30 characters.</param>
    public string ReceiverId(string key) => $"{InstanceId.Beginning(LongestIdPart)}-untaken-{key}";

    /// <summary>The payloads of one event.</summary>
    public IEnumerable<T> Of<T>(ExternalEvent<T> external) => Events
        .Where(untaken => string.Equals(untaken.Name, external.Name, StringComparison.OrdinalIgnoreCase))
        .Select(untaken => untaken.Payload.Deserialize<T>(DurableJson.Options)!);
}

/// <summary>One of them.</summary>
/// <param name="Name">As it was raised.</param>
/// <param name="Payload">Its JSON.</param>
public sealed record UntakenEvent(string Name, JsonElement Payload);
