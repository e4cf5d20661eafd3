using Workflows.Inquiries;
using Workflows.Platform;

namespace Workflows.Lifecycle.Messages;

/// <summary>Something that a buyer wrote on a deal.</summary>
/// <param name="Key">The same message has the same key each time it comes.</param>
/// <param name="Inquiry">As the message has it: its words are the message's.</param>
/// <param name="IsLate">No orchestration takes it any more: nothing follows unless a person sees to it.</param>
internal sealed record BuyerMessage(string Key, DateTimeOffset At, Inquiry Inquiry, bool IsLate);

/// <summary>One message among several, shortened.</summary>
internal sealed record MessageLine(DateTimeOffset At, string Text);

/// <summary>Messages that one mail tells of.</summary>
/// <param name="Last">The last of them, oldest first.</param>
/// <param name="Latest">The last one whole, as far as it travels with a deal.</param>
/// <param name="IsLate">Whether the last one came late.</param>
internal sealed record MessageBatch(int Count, IReadOnlyList<MessageLine> Last, Inquiry Latest, bool IsLate)
{
    private const int LinesKept = 5;
    private const int LineLength = 1_000;

    /// <summary>The batch with one more message.</summary>
    /// <param name="batch">Null when it is the first.</param>
    public static MessageBatch With(MessageBatch? batch, BuyerMessage message)
    {
        var line = new MessageLine(message.At, message.Inquiry.Message.ShortenedLine(LineLength));
        return new MessageBatch(
            (batch?.Count ?? 0) + 1, [.. (batch?.Last ?? []).TakeLast(LinesKept - 1), line], message.Inquiry,
            message.IsLate);
    }
}

/// <summary>
/// What a deal's owner is told of its messages: the first one at once, and what comes within the window after a mail
/// in the next mail, counted. Pure.
/// </summary>
/// <param name="Mails">How many mails were made; numbers them.</param>
/// <param name="LastMailAt">When the last one was made, UTC; null before the first.</param>
/// <param name="Waiting">What no mail tells of yet; null when there is nothing.</param>
/// <param name="Outgoing">What the last mail tells of, until the outbox has it.</param>
internal sealed record MessageNews(
    int Mails, DateTimeOffset? LastMailAt, MessageBatch? Waiting, MessageBatch? Outgoing)
{
    public static MessageNews None { get; } = new(0, LastMailAt: null, Waiting: null, Outgoing: null);

    /// <summary>Whether there is nothing left to tell.</summary>
    public bool IsSettled => Waiting is null && Outgoing is null;

    /// <summary>With one more message.</summary>
    public MessageNews With(BuyerMessage message) => this with { Waiting = MessageBatch.With(Waiting, message) };

    /// <summary>Makes a mail of what waits, if the last mail is in the outbox and its window is over.</summary>
    public MessageNews MakeMail(DateTimeOffset now, TimeSpan window) =>
        Waiting is { } batch && Outgoing is null && (LastMailAt is null || LastMailAt + window <= now)
            ? new MessageNews(Mails + 1, now, Waiting: null, batch)
            : this;

    /// <summary>The outbox has the last mail.</summary>
    public MessageNews MailTaken() => this with { Outgoing = null };
}
