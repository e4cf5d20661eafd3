using Workflows.Platform;

namespace Workflows.Sweeps;

/// <summary>
/// The mails of one look. The outbox remembers who was notified of what, so nobody is notified twice. When everything
/// stands still at once, the same few people must not get thousands of mails in an hour: what is too much waits for the
/// next look.
/// </summary>
internal sealed class NotificationBatch(IMailOutbox outbox, CancellationToken cancellation)
{
    private const int Most = 200;

    /// <summary>How many mails went out.</summary>
    public int Sent { get; private set; }

    /// <summary>How many wait for the next look.</summary>
    public int PutOff { get; private set; }

    /// <summary>Sends a mail, unless it was sent before.</summary>
    /// <param name="id">Of the mail: subject, occasion and reader.</param>
    public async Task OnceAsync(string id, Func<Task<OutgoingMail>> compose)
    {
        if (await outbox.GetAsync(id, cancellation) is not null)
        {
            return;
        }

        if (Sent == Most)
        {
            PutOff++;
            return;
        }

        await outbox.EnqueueAsync(await compose(), cancellation);
        Sent++;
    }
}
