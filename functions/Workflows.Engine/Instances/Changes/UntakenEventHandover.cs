using System.Globalization;
using System.Text.Json;
using Workflows.Engine.History;
using Workflows.Engine.Turns;
using Workflows.Platform;

namespace Workflows.Engine.Instances.Changes;

/// <summary>
/// Hands over what an ended instance accepted and did not take: the starts of the orchestration that gets it, written
/// in the transaction of the end.
/// </summary>
internal static class UntakenEventHandover
{
    /// <param name="row">The instance that ended.</param>
    /// <param name="events">In order of arrival.</param>
    /// <returns>The starts; none when the orchestration hands nothing over.</returns>
    public static IReadOnlyList<(ScheduledAction Action, bool IsKnown)> Starts(
        InstanceRegistry registry, InstanceRow row, IReadOnlyList<EventRaised> events)
    {
        if (events.Count == 0 || registry.Turns.Catalog.FindOrchestration(row.Name)
            is not { HandsUntakenEventsTo: { } receiver })
        {
            return [];
        }

        registry.Log.EventsHandedOver(row.Id, events.Count, receiver);
        var untaken = events.Select(raised => new UntakenEvent(raised.Name, PayloadOf(raised)));
        return
        [
            .. UntakenEvents.Batches(row.Id, untaken)
                .Select(batch => (Start(registry, row, receiver, batch), IsKnown: true)),
        ];
    }

    private static ScheduledAction Start(
        InstanceRegistry registry, InstanceRow row, string receiver, UntakenEvents batch)
    {
        var id = batch.ReceiverId(registry.Database.NextNumber().ToString(CultureInfo.InvariantCulture));
        var payload = registry.Turns.Payloads.Write(batch);
        var start = new TurnAction(
            TurnActionKind.StartOrchestration, TaskId: 0, receiver, id, Payloads.HashOf(payload));
        return new ScheduledAction(start, payload, Version: row.Version);
    }

    private static JsonElement PayloadOf(EventRaised raised) =>
        raised.Payload is { } payload
            ? JsonSerializer.Deserialize<JsonElement>(payload)
            : JsonSerializer.SerializeToElement<object?>(null);
}
