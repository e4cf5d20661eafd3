using Workflows.Engine.Mails;
using Workflows.Platform;

namespace Workflows.Embedded.Mails;

/// <summary>
/// Takes mails from the outbox and hands them over, one after the other. What may have gone out is never sent again by
/// itself, unless the transport forgives it.
/// </summary>
internal sealed class MailDelivery(
    IMailQueue queue, IMailOutbox outbox, IMailSecrets secrets, IMailTransport transport, TimeProvider clock,
    ILogger<MailDelivery> log) : BackgroundService
{
    private const int MailsATurn = 32;
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Off the path of the start: the server is ready before the first mail is looked at.
        await Task.Yield();
        if (transport.MayRepeat)
        {
            await GoOnAsync(ResumeAsync, stoppingToken);
        }

        while (!stoppingToken.IsCancellationRequested)
        {
            await GoOnAsync(TurnAsync, stoppingToken);
        }
    }

    /// <summary>Waits for mails and delivers what is due.</summary>
    internal async Task TurnAsync(CancellationToken stopping)
    {
        await queue.WaitAsync(stopping);
        foreach (var mail in await queue.TakeAsync(MailsATurn, stopping))
        {
            // What was taken is brought to an end even while stopping: left as it is, it would count as perhaps sent.
            await (stopping.IsCancellationRequested
                ? queue.RetryAtAsync(mail.Mail.Id, clock.GetUtcNow(), "", CancellationToken.None)
                : DeliverAsync(mail));
        }
    }

    private async Task DeliverAsync(MailRecord mail)
    {
        var id = mail.Mail.Id;
        var outcome = await SendAsync(mail.Mail);
        switch (outcome.Verdict)
        {
            case DeliveryVerdict.Sent:
                await queue.ReportSentAsync(id, CancellationToken.None);
                break;
            case DeliveryVerdict.Temporary when MailRetrySchedule.After(mail.Attempts) is { } wait:
                Log.MailPutOff(log, id, mail.Attempts, outcome.Reason);
                await queue.RetryAtAsync(id, clock.GetUtcNow() + wait, outcome.Reason, CancellationToken.None);
                break;
            case DeliveryVerdict.Unknown:
                Log.MailUnknown(log, id, outcome.Reason);
                await queue.ReportUnknownAsync(id, outcome.Reason, CancellationToken.None);
                break;
            default:
                Log.MailFailed(log, id, mail.Attempts, outcome.Reason);
                await queue.ReportFailedAsync(id, outcome.Reason, CancellationToken.None);
                break;
        }
    }

    private async Task<DeliveryOutcome> SendAsync(OutgoingMail mail)
    {
        OutgoingMail ready;
        try
        {
            ready = await secrets.PutInAsync(mail, CancellationToken.None);
        }
        catch (Exception exception)
        {
            // The mail was taken and not handed over: left as it is, it would count as perhaps sent.
            Log.MailSecretMissing(log, mail.Id, exception);
            return new DeliveryOutcome(DeliveryVerdict.Temporary, "The mail's link could not be read from the store.");
        }

        return await transport.SendAsync(ready, clock.GetUtcNow(), CancellationToken.None);
    }

    private async Task ResumeAsync(CancellationToken stopping)
    {
        var query = new MailQuery { Status = MailStatus.Unknown, PageSize = 1000 };
        while (await outbox.QueryAsync(query, stopping) is { Items: { Count: > 0 } mails })
        {
            foreach (var mail in mails)
            {
                await queue.RetryAtAsync(mail.Mail.Id, clock.GetUtcNow(), "", stopping);
            }
        }
    }

    // Mails must go on going out after whatever happened to one turn.
    private async Task GoOnAsync(Func<CancellationToken, Task> work, CancellationToken stopping)
    {
        try
        {
            await work(stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
        catch (Exception exception)
        {
            Log.DeliveryFailed(log, exception);
            await Task.Delay(Rest, TimeProvider.System, stopping)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
