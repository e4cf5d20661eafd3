using Workflows.Platform;

namespace Workflows.Azure.Mail;

/// <summary>A way for mails to leave.</summary>
internal interface IMailTransport
{
    /// <summary>Tries once, within a bounded time. Failures are outcomes, not exceptions.</summary>
    Task<Delivery> SendAsync(OutgoingMail mail, CancellationToken cancellation);
}

/// <summary>No mail leaves the house: the console shows them all.</summary>
internal sealed class MailView : IMailTransport
{
    public Task<Delivery> SendAsync(OutgoingMail mail, CancellationToken cancellation) =>
        Task.FromResult(new Delivery(DeliveryVerdict.Sent));
}
