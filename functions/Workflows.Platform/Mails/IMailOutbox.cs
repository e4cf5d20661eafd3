namespace Workflows.Platform;

/// <summary>Mails on their way out. A mail is enqueued under a deterministic id and goes out once.</summary>
public interface IMailOutbox
{
    /// <summary>Takes a mail. An id that was taken before is left alone: the first one counts.</summary>
    /// <exception cref="ArgumentException">The mail breaks a rule of <see cref="OutgoingMail"/>.</exception>
    Task EnqueueAsync(OutgoingMail mail, CancellationToken cancellation = default);

    /// <summary>A mail as it was taken, and what became of it; null when there is none.</summary>
    Task<MailRecord?> GetAsync(string mailId, CancellationToken cancellation = default);

    /// <summary>A page of mails, newest first.</summary>
    Task<Page<MailRecord>> QueryAsync(MailQuery query, CancellationToken cancellation = default);
}

/// <summary>A mail, ready to go: rendered, addressed, identified.</summary>
/// <param name="Id">Deterministic: derived from the instance and step that sends it. At most 200 characters.</param>
/// <param name="To">The one recipient.</param>
/// <param name="Subject">One line.</param>
/// <param name="Text">The plain text part.</param>
/// <param name="Html">The HTML part.</param>
/// <param name="Kind">What sort of mail it is, such as <c>approval-requested</c>; shown and counted.</param>
/// <param name="About">The id of the deal, review or other subject it belongs to; empty if none.</param>
/// <param name="ReplyTo">Who answers are for; null is the sender.</param>
/// <param name="For">
/// Id of the member of staff whom it is for, kept because addresses change; null for a buyer, and in mails that were
/// stored before mails kept it.
/// </param>
/// <param name="Placeholder">
/// Stands in the texts for a secret that is not stored: <see cref="IMailSecrets"/> puts it in. Null when there is none.
/// </param>
public sealed record OutgoingMail(
    string Id,
    MailParty To,
    string Subject,
    string Text,
    string Html,
    string Kind,
    string About,
    MailParty? ReplyTo = null,
    string? For = null,
    string? Placeholder = null)
{
    /// <summary>Refuses what could add a header or cannot be delivered.</summary>
    /// <exception cref="ArgumentException">A line break in a header field, or an empty id or address.</exception>
    public void ThrowIfInvalid()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(Id);
        ArgumentException.ThrowIfNullOrWhiteSpace(To.Address);
        string?[] headers = [Id, Subject, Kind, To.Address, To.Name, ReplyTo?.Address, ReplyTo?.Name];
        if (Id.Length > 200 || headers.Any(header => header is not null && header.Any(char.IsControl)))
        {
            throw new ArgumentException(
                "A mail's id, subject, kind and parties are single lines without control characters.");
        }
    }
}

/// <summary>A sender or recipient.</summary>
/// <param name="Address">One e-mail address, without a display name.</param>
/// <param name="Name">Display name; may be empty.</param>
public sealed record MailParty(string Address, string Name);

/// <summary>What became of a mail.</summary>
public enum MailStatus
{
    /// <summary>Waiting to go out, or for another try.</summary>
    Queued,

    /// <summary>Handed to the provider, or shown in the built-in mail view.</summary>
    Sent,

    /// <summary>The provider refused it for good, or every try failed.</summary>
    Failed,

    /// <summary>The provider may have taken it: to be reconciled before any further try.</summary>
    Unknown,
}

/// <summary>A mail and what became of it. Times are UTC.</summary>
/// <param name="Mail">As it was taken.</param>
/// <param name="Status">What became of it.</param>
/// <param name="EnqueuedAt">When it was taken.</param>
/// <param name="SentAt">When it went out.</param>
/// <param name="Attempts">How often delivery was tried.</param>
/// <param name="Error">Why the last try failed.</param>
public sealed record MailRecord(
    OutgoingMail Mail, MailStatus Status, DateTimeOffset EnqueuedAt, DateTimeOffset? SentAt, int Attempts,
    string? Error);

/// <summary>Which mails to list. All conditions hold together.</summary>
public sealed record MailQuery
{
    /// <summary>Mails about this subject.</summary>
    public string? About { get; init; }

    /// <summary>Mails with this status.</summary>
    public MailStatus? Status { get; init; }

    /// <summary>At most this many a page, 1 to 1,000.</summary>
    public int PageSize { get; init; } = 50;

    /// <summary>From the page before; null for the first.</summary>
    public string? Continuation { get; init; }
}
