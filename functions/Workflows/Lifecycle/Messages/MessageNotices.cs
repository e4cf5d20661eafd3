using Workflows.Approvals;
using Workflows.Calendars;
using Workflows.Inquiries;
using Workflows.Mails;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Lifecycle.Messages;

/// <summary>
/// Tells the owner of a deal what its buyer writes: at once, but by one mail in each window of the policy, so that a
/// buyer who writes without end fills no mailbox. A message is counted once by its key, and a mail goes out once by its
/// number; what broke off between the two is taken up by <see cref="MessageDigests"/>.
/// </summary>
internal sealed class MessageNotices(PolicyStore policies, IMailComposer composer, PublicAddress address)
{
    /// <summary>Takes a message, and mails it unless a mail has just gone out.</summary>
    public async Task TakeAsync(
        ITableStore tables, IMailOutbox mails, Deal deal, BuyerMessage message, DateTimeOffset now,
        CancellationToken cancellation)
    {
        var window = policies.Current.NoticeWindow();
        var (stored, isNew) = await MessageNewsRepository.AddAsync(
            tables, deal.Id, message, news => news.With(message).MakeMail(now, window), cancellation);
        if (!isNew || stored.News is { Outgoing: not null } or { Waiting.Count: 1 })
        {
            await MessageNewsRepository.ListAsync(tables, deal.Id, cancellation);
        }

        await SendAsync(tables, mails, deal, stored, now, cancellation);
    }

    /// <summary>Mails what is to be told of a deal by now.</summary>
    /// <returns>Whether nothing is left to tell.</returns>
    public async Task<bool> SendDueAsync(
        ITableStore tables, IMailOutbox mails, Deal deal, DateTimeOffset now, CancellationToken cancellation)
    {
        var stored = await MessageNewsRepository.FindAsync(tables, deal.Id, cancellation);
        // First what a process that broke off has left; then what has waited for its window to end.
        if (await SendAsync(tables, mails, deal, stored, now, cancellation) is not { } free)
        {
            return false;
        }

        var made = free.News.MakeMail(now, policies.Current.NoticeWindow());
        if (made == free.News)
        {
            return free.News.IsSettled;
        }

        return await MessageNewsRepository.TryChangeAsync(tables, deal.Id, free, made, cancellation) is { } changed
            && await SendAsync(tables, mails, deal, changed, now, cancellation) is { News.IsSettled: true };
    }

    /// <summary>Hands the outgoing mail to the outbox, which takes each number once, and says that it has it.</summary>
    /// <returns>The news after that; null when another process has changed them meanwhile.</returns>
    private async Task<StoredNews?> SendAsync(
        ITableStore tables, IMailOutbox mails, Deal deal, StoredNews stored, DateTimeOffset now,
        CancellationToken cancellation)
    {
        if (stored.News.Outgoing is not { } batch)
        {
            return stored;
        }

        if (ReaderOf(deal, now) is { } reader)
        {
            var mail = await composer.ComposeAsync(
                $"{deal.Id}|wrote|{stored.News.Mails}",
                deal.Id.Value,
                reader.Recipient(),
                Compose(deal, batch, reader),
                InquiryText.Party(batch.Latest.Buyer));
            await mails.EnqueueAsync(mail, cancellation);
        }

        return await MessageNewsRepository.TryChangeAsync(
            tables, deal.Id, stored, stored.News.MailTaken(), cancellation);
    }

    private BuyerWroteAgain Compose(Deal deal, MessageBatch batch, StaffMember reader)
    {
        var zone = policies.Current.Company.Zone();
        return new BuyerWroteAgain(
            reader.Name,
            InquiryText.Brief(deal.Id, batch.Latest, deal.Qualification?.Score, address),
            batch.IsLate || deal.HasEnded,
            batch.Count,
            [.. batch.Last.SkipLast(1).Select(line => new EarlierMessage(LocalTime.Text(line.At, zone), line.Text))]);
    }

    /// <summary>The first who is still here: the owner, the manager of then, the manager of now.</summary>
    private StaffMember? ReaderOf(Deal deal, DateTimeOffset now)
    {
        var policy = policies.Current;
        var region = deal.Qualification?.Region ?? policy.RegionOf(deal.Inquiry.Buyer.Country).Id;
        StaffId?[] readers = [
            deal.Owner, deal.Manager, ApproverRule.ManagerOf(policy, region, policy.Company.DayOf(now))];
        return readers.OfType<StaffId>().Select(policy.FindStaff).OfType<StaffMember>().FirstOrDefault();
    }
}
