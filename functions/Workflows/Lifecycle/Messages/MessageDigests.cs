using Microsoft.Extensions.Logging;
using Workflows.Mails;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Lifecycle.Messages;

/// <summary>
/// Mails owners what buyers wrote within the window after the last mail. For homes to call every few minutes, from
/// several processes if they like: each mail goes out once by its number.
/// </summary>
public sealed class MessageDigests(
    ITableStore tables, IMailOutbox mails, PolicyStore policies, IMailComposer composer, PublicAddress address,
    TimeProvider clock, ILogger<MessageDigests> log)
{
    private readonly MessageNotices _notices = new(policies, composer, address);

    /// <summary>Mails what is due. What goes wrong with one deal keeps it from none of the others.</summary>
    public async Task SendDueAsync(CancellationToken cancellation)
    {
        var pages = Pages.ReadAllAsync(from => MessageNewsRepository.PageAsync(tables, from, cancellation));
        await foreach (var page in pages)
        {
            foreach (var listed in page.Items)
            {
                try
                {
                    await LookAtAsync(listed, cancellation);
                }
                catch (Exception trouble) when (trouble is not (OperationCanceledException or HomeUnavailableException))
                {
                    Log.MessagesNotMailed(log, listed.RowKey, trouble);
                }
            }
        }
    }

    private async Task LookAtAsync(TableRow listed, CancellationToken cancellation)
    {
        var id = new DealId(listed.RowKey);
        // A deal that is not written yet will be by the activity that counted its message.
        if (await DealRepository.FindAsync(tables, id, cancellation) is { } deal
            && await _notices.SendDueAsync(tables, mails, deal, clock.GetUtcNow(), cancellation))
        {
            await MessageNewsRepository.TakeOffAsync(tables, listed, cancellation);
        }
    }
}
