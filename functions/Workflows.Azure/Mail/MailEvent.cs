using System.Text.Json;
using Workflows.Platform;

namespace Workflows.Azure.Mail;

/// <summary>What SendGrid says of a mail of ours.</summary>
/// <param name="EventId">The same in every repetition.</param>
/// <param name="Kind">Such as <c>delivered</c> or <c>bounce</c>.</param>
/// <param name="At">When it happened, to the second.</param>
internal sealed record MailEvent(string EventId, string MailId, string Kind, string Reason, DateTimeOffset At)
{
    private const int LongestReason = 500;

    /// <summary>The mail is with SendGrid, whatever becomes of it.</summary>
    public bool ProvesAcceptance => Kind is "processed" or "deferred" or "delivered" || IsRefusal;

    /// <summary>The recipient does not get it.</summary>
    public bool IsRefusal => Kind is "bounce" or "dropped";

    /// <summary>
    /// Reads an array of events. Those of mails that are not ours, and those that lack what an event has, are left out.
    /// </summary>
    /// <exception cref="JsonException">It is no JSON array.</exception>
    public static IReadOnlyList<MailEvent> ReadAll(ReadOnlyMemory<byte> body)
    {
        using var json = JsonDocument.Parse(body);
        return json.RootElement.ValueKind == JsonValueKind.Array
            ? [.. json.RootElement.EnumerateArray().Select(Read).OfType<MailEvent>()]
            : throw new JsonException("Events come as an array.");
    }

    private static MailEvent? Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object
            || Text(json, "sg_event_id") is not { Length: > 0 } eventId
            || Text(json, SendGridTransport.IdArgument) is not { Length: > 0 } mailId
            || Text(json, "event") is not { Length: > 0 } kind
            || !json.TryGetProperty("timestamp", out var time) || time.ValueKind != JsonValueKind.Number
            || !time.TryGetUInt32(out var seconds))
        {
            return null;
        }

        var reason = Text(json, "reason") ?? Text(json, "response") ?? "";
        return new MailEvent(
            eventId,
            mailId,
            kind,
            reason.Beginning(LongestReason),
            DateTimeOffset.FromUnixTimeSeconds(seconds));
    }

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
