using Workflows.Platform;
using Workflows.Web.Hosting.Keys;
using Workflows.Web.Hosting.Problems;
using Workflows.Web.Operations;

namespace Workflows.Web.Mail;

/// <summary>Sends mails again, on the administrators' record.</summary>
internal sealed class MailCommands(IMailOutbox mails, IMailRetries retries, AdminLog log)
{
    /// <summary>As many as one call sends again; the next call goes on.</summary>
    public const int MostAtOnce = 1000;

    /// <summary>Sends a mail again that failed, or that may have gone out.</summary>
    /// <exception cref="ProblemException">404 without such a mail, 409 when it waits or went out.</exception>
    public async Task SendAgainAsync(Actor actor, string id, CancellationToken cancellation)
    {
        if (id.Length > MailPages.LongestId || await mails.GetAsync(id, cancellation) is not { } record)
        {
            throw new ProblemException(ProblemType.NotFound);
        }

        if (record.Status is not (MailStatus.Failed or MailStatus.Unknown)
            || !await log.RecordAsync(
                actor, "send mail again", id, reason: null, () => retries.SendAgainAsync(id, cancellation),
                cancellation))
        {
            throw new ProblemException(
                ProblemType.Conflict, "Only a mail that failed, or that may have gone out, is sent again.");
        }
    }

    /// <summary>
    /// Sends the mails again that failed, the newest first. Those that may have gone out are for a person to judge, one
    /// by one.
    /// </summary>
    /// <returns>How many, <see cref="MostAtOnce"/> at most.</returns>
    public Task<int> SendFailedAgainAsync(Actor actor, CancellationToken cancellation) =>
        log.RecordAsync(actor, "send failed mails again", "mails", reason: null, SendAsync, cancellation);

    private async Task<int> SendAsync()
    {
        var failed = await mails.QueryAsync(
            new MailQuery { Status = MailStatus.Failed, PageSize = MostAtOnce }, CancellationToken.None);
        var sent = 0;
        foreach (var record in failed.Items)
        {
            sent += await retries.SendAgainAsync(record.Mail.Id, CancellationToken.None) ? 1 : 0;
        }

        return sent;
    }
}
