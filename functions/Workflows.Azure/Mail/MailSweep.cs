using Microsoft.Extensions.Logging;
using Workflows.Platform;

namespace Workflows.Azure.Mail;

/// <summary>
/// Finds mails that wait although their time has come, because a message was lost or a process died between two writes,
/// and gives each a message. Run every quarter of an hour; running it twice does no harm.
/// </summary>
internal sealed class MailSweep(MailRepository repository, MailQueue queue, TimeProvider clock, ILogger<MailSweep> log)
{
    private static readonly TimeSpan Overdue = TimeSpan.FromMinutes(15);

    public async Task RunAsync(CancellationToken cancellation)
    {
        var query = new MailQuery { Status = MailStatus.Queued, PageSize = 200 };
        var pages = Pages.ReadAllAsync(
            from => repository.ReadAsync(query with { Continuation = from }, cancellation));
        await foreach (var page in pages)
        {
            foreach (var mail in page.Items)
            {
                await LookAtAsync(mail, cancellation);
            }
        }
    }

    private async Task LookAtAsync(MailItem mail, CancellationToken cancellation)
    {
        if (mail.Status != MailStatus.Queued)
        {
            await repository.SettleAsync(mail, MailStatus.Queued, cancellation);
            return;
        }

        var due = mail.State == MailState.Sending ? mail.ChangedAt : mail.NotBefore;
        if (clock.GetUtcNow() - due >= Overdue)
        {
            Log.MailOverdue(log, mail.Mail.Id, due);
            await queue.PutAsync(mail.Mail.Id, TimeSpan.Zero, cancellation);
        }
    }
}
