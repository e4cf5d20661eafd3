namespace Workflows.Web.Console.Webhooks;

/// <summary>What came in by webhook.</summary>
public sealed record WebhookView(IReadOnlyList<SourceView> Sources);

/// <summary>One source.</summary>
/// <param name="Scheme">How it signs.</param>
/// <param name="Counts">Deliveries since the start of the process, by verdict.</param>
/// <param name="Latest">Authentic deliveries, the newest first.</param>
/// <param name="Dead">Authentic ones that make no sense.</param>
public sealed record SourceView(
    string Name,
    string Scheme,
    IReadOnlyList<(string Verdict, long Count)> Counts,
    IReadOnlyList<DeliveryView> Latest,
    IReadOnlyList<DeadView> Dead);

/// <summary>One authentic delivery.</summary>
/// <param name="Deal">The deal it started or fed; null when it was none's.</param>
public sealed record DeliveryView(
    string EventId, string Type, string Verdict, string? Deal, DateTimeOffset ReceivedAt, long Bytes);

/// <summary>One that waits for a person.</summary>
/// <param name="Errors">What is wrong where.</param>
/// <param name="Body">As it came, shortened; hostile text.</param>
public sealed record DeadView(
    string EventId, string Type, string Reason, IReadOnlyList<string> Errors, string Body, DateTimeOffset ReceivedAt);
