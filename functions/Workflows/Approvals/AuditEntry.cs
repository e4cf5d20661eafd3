using System.Text.Json;
using Workflows.Platform;
using Workflows.Trade;

namespace Workflows.Approvals;

/// <summary>What can happen to an approval.</summary>
public enum AuditEvent
{
    /// <summary>It was asked for.</summary>
    Requested,

    /// <summary>The link was sent to an approver.</summary>
    Mailed,

    /// <summary>The same link was sent again.</summary>
    Reminded,

    /// <summary>The time of a level was up; its link no longer decides.</summary>
    Escalated,

    /// <summary>An approver decided.</summary>
    Decided,

    /// <summary>Nobody decided in time.</summary>
    Expired,

    /// <summary>What was asked no longer stood.</summary>
    Superseded,

    /// <summary>The one who was asked lost the right, or is away; another is asked.</summary>
    Replaced,
}

/// <summary>One row of an approval's audit trail. Rows are only ever added.</summary>
/// <param name="Who">Who did it.</param>
/// <param name="When">UTC.</param>
/// <param name="Channel">How: <c>mail</c>, <c>link</c>, <c>system</c>.</param>
/// <param name="Ip">Of the visitor; null where there was none.</param>
/// <param name="Shown">SHA-256 of the request as it was shown; null where nothing was.</param>
/// <param name="Note">For people.</param>
public sealed record AuditEntry(
    AuditEvent Event,
    StaffId Who,
    DateTimeOffset When,
    string Channel,
    string? Ip,
    string? UserAgent,
    string? Shown,
    string? Note)
{
    /// <summary>Something the product did by itself.</summary>
    public static AuditEntry BySystem(AuditEvent what, DateTimeOffset when, string? note) =>
        new(what, StaffId.System, when, "system", Ip: null, UserAgent: null, Shown: null, note);

    /// <summary>The fingerprint of what an approver is shown: the subject and every fact.</summary>
    public static string Fingerprint(ApprovalRequest request) => Sha256Hex.Upper(
        JsonSerializer.SerializeToUtf8Bytes(
            new { request.Subject, request.Facts, request.Kind, request.Deal }, DurableJson.Options));
}
