namespace Workflows.Web.Inquiries.Webhooks;

/// <summary>What came in by webhook.</summary>
public sealed record WebhookView(IReadOnlyList<SourceView> Sources);

/// <summary>One source.</summary>
/// <param name="Scheme">How it signs.</param>
/// <param name="Counts">Deliveries since the start of the process, by verdict.</param>
/// <param name="Latest">Authentic deliveries, the newest first.</param>
/// <param name="Dead">Some of the authentic ones that make no sense, the newest first.</param>
/// <param name="DeadFrom">How many newer ones come before them.</param>
/// <param name="DeadCount">How many there are in all.</param>
public sealed record SourceView(
    string Name,
    string Scheme,
    IReadOnlyList<(string Verdict, long Count)> Counts,
    IReadOnlyList<DeliveryView> Latest,
    IReadOnlyList<DeadView> Dead,
    int DeadFrom,
    int DeadCount);

/// <summary>One authentic delivery.</summary>
/// <param name="Deal">The deal it started or fed; null when it was none's.</param>
public sealed record DeliveryView(
    string EventId, string Type, string Verdict, string? Deal, DateTimeOffset ReceivedAt, long Bytes);

/// <summary>One that waits for a person.</summary>
/// <param name="Errors">What is wrong where.</param>
/// <param name="Body">As it came, shortened; hostile text.</param>
public sealed record DeadView(
    string EventId, string Type, string Reason, IReadOnlyList<string> Errors, string Body, DateTimeOffset ReceivedAt);
