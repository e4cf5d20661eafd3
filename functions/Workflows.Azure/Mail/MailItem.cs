using Workflows.Platform;

namespace Workflows.Azure.Mail;

/// <summary>Where a mail stands. Kept by name.</summary>
internal enum MailState
{
    Queued,

    /// <summary>A try is under way, or broke off without a word.</summary>
    Sending,
    Sent,
    Failed,
    Unknown,
}

/// <summary>
/// A mail in the table <c>Mails</c>: a partition of its own, row <c>mail</c>; its events are the other rows there.
/// </summary>
/// <param name="Key">The partition: ids may hold what keys may not.</param>
/// <param name="Place">Its place among all mails, newest first.</param>
/// <param name="ChangedAt">Since when it is in this state.</param>
/// <param name="NotBefore">The next try's time.</param>
/// <param name="DeliveredAt">When the recipient's server took it, if the provider said so.</param>
/// <param name="ProviderId">The provider's id of it, to ask there.</param>
/// <param name="ETag">Of the row as read.</param>
internal sealed record MailItem(
    OutgoingMail Mail,
    MailState State,
    DateTimeOffset EnqueuedAt,
    DateTimeOffset ChangedAt,
    DateTimeOffset NotBefore,
    DateTimeOffset? SentAt,
    DateTimeOffset? DeliveredAt,
    int Attempts,
    string Error,
    string? ProviderId,
    string? ETag)
{
    public const string Table = "Mails";
    public const string RowKey = "mail";

    public string Key => KeyOf(Mail.Id);

    public string Place => NewestFirstKey.Of(EnqueuedAt, Key);

    /// <summary>As others see it.</summary>
    public MailStatus Status => State switch
    {
        MailState.Queued or MailState.Sending => MailStatus.Queued,
        MailState.Sent => MailStatus.Sent,
        MailState.Failed => MailStatus.Failed,
        _ => MailStatus.Unknown,
    };

    public MailRecord Record => new(Mail, Status, EnqueuedAt, SentAt, Attempts, Error.Length == 0 ? null : Error);

    public static MailItem New(OutgoingMail mail, DateTimeOffset now) =>
        new(
            mail, MailState.Queued, now, now, now, SentAt: null, DeliveredAt: null, Attempts: 0, Error: "",
            ProviderId: null, ETag: null);

    public static string KeyOf(string text) => Sha256Hex.Lower(text)[..40];

    /// <summary>A damaged mail is read as what it is, so that it keeps no others from being listed or sent.</summary>
    public static MailItem Read(TableRow row)
    {
        var mail = PackedMail.Read(row);
        var state = mail is null ? null : row.Choice<MailState>("State");
        return new MailItem(
            mail
                ?? new OutgoingMail(
                    row.Text("Id") ?? "", new MailParty("", ""), "This mail is damaged", "", "", "damaged", ""),
            state ?? MailState.Failed,
            row.Time("EnqueuedAt") ?? default,
            row.Time("ChangedAt") ?? default,
            row.Time("NotBefore") ?? default,
            row.Time("SentAt"),
            row.Time("DeliveredAt"),
            (int)(row.WholeNumber("Attempts") ?? 0),
            state is null ? "The stored mail is not what was written; it is not sent." : row.Text("Error") ?? "",
            row.Text("ProviderId"),
            row.ETag);
    }

    /// <summary>Everything, for the first writing.</summary>
    /// <exception cref="ArgumentException">The mail is too large for a row.</exception>
    public TableRow ToRow()
    {
        var row = Changes();
        row["Id"] = Mail.Id;
        row["Kind"] = Mail.Kind;
        row["About"] = Mail.About;
        row["EnqueuedAt"] = EnqueuedAt;
        PackedMail.Write(Mail, row);
        return row;
    }

    /// <summary>What changes in a mail's life, to be merged into its row.</summary>
    public TableRow Changes() => new(Key, RowKey)
    {
        ["State"] = State,
        ["ChangedAt"] = ChangedAt,
        ["NotBefore"] = NotBefore,
        ["SentAt"] = SentAt,
        ["DeliveredAt"] = DeliveredAt,
        ["Attempts"] = Attempts,
        ["Error"] = Error,
        ["ProviderId"] = ProviderId,
    };
}
