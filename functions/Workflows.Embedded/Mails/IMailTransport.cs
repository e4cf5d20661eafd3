using Workflows.Platform;

namespace Workflows.Embedded.Mails;

/// <summary>A way for mails to leave.</summary>
internal interface IMailTransport
{
    /// <summary>What it is, for people.</summary>
    string Name { get; }

    /// <summary>Whether delivering a mail a second time changes nothing for its recipient.</summary>
    bool MayRepeat { get; }

    /// <summary>Tries once, within a bounded time. Failures are outcomes, not exceptions.</summary>
    Task<DeliveryOutcome> SendAsync(OutgoingMail mail, DateTimeOffset now, CancellationToken cancellation);
}

/// <summary>What became of one try.</summary>
/// <param name="Reason">Why not, for people; empty when it went out.</param>
internal sealed record DeliveryOutcome(DeliveryVerdict Verdict, string Reason)
{
    public static DeliveryOutcome Sent { get; } = new(DeliveryVerdict.Sent, "");
}

/// <summary>No mail leaves the house: the console shows them all.</summary>
internal sealed class MailView : IMailTransport
{
    public string Name => "shown in the console only (WORKFLOWS_SMTP_HOST sends them)";

    public bool MayRepeat => true;

    public Task<DeliveryOutcome> SendAsync(OutgoingMail mail, DateTimeOffset now, CancellationToken cancellation) =>
        Task.FromResult(DeliveryOutcome.Sent);
}
