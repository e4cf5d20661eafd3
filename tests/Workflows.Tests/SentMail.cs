using System.Collections.Concurrent;
using System.Text.Json;
using Workflows.Mails;
using Workflows.Platform;

namespace Workflows.Tests;

/// <summary>A mail as the business meant it and as it was taken by the outbox.</summary>
public sealed record SentMail(MailParty To, MailParty? ReplyTo, IMail Mail, MailRecord Record)
{
    /// <summary>Its id in the outbox.</summary>
    public string Id => Record.Mail.Id;
}

/// <summary>Composes mails without any look, and keeps the records, so that tests read facts and not words.</summary>
public sealed class PlainMailComposer : IMailComposer
{
    private readonly ConcurrentDictionary<string, IMail> _mails = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public Task<OutgoingMail> ComposeAsync(string id, string about, Recipient to, IMail mail, MailParty? replyTo)
    {
        // As in the outbox, the first mail of an id counts.
        _mails.TryAdd(id, mail);
        var subject = string.Concat(mail.Subject.Select(c => char.IsControl(c) ? ' ' : c));
        var text = JsonSerializer.Serialize(mail, mail.GetType(), DurableJson.Options);
        return Task.FromResult(
            new OutgoingMail(
                id, to.Party, subject, text, $"<pre>{mail.Kind}</pre>", mail.Kind, about, replyTo, to.Staff));
    }

    /// <summary>The record that a mail's text holds.</summary>
    public static IMail Read(OutgoingMail mail, Type type) =>
        (IMail)JsonSerializer.Deserialize(mail.Text, type, DurableJson.Options)!;

    /// <summary>The record behind a mail of the outbox.</summary>
    public IMail Find(string id) => _mails[id];
}
