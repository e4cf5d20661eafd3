using System.Globalization;
using Workflows.Approvals;
using Workflows.Calendars;
using Workflows.Mails;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Inquiries;

/// <summary>
/// Mails managers what did not come in at the door: soon, and by one mail in each window, so that a flood fills no
/// mailbox. For homes to call every few minutes, from several processes if they like. A process that breaks off after
/// its mail may tell of the same items once more, and of none too few.
/// </summary>
public sealed class DoorDigests(
    ITableStore tables, IMailOutbox mails, PolicyStore policies, IMailComposer composer, PublicAddress address,
    TimeProvider clock)
{
    private const int Most = 200;
    private const int Shown = 20;

    // A delivery that was lost may be a buyer's who waits; of what was refused little is worth a look.
    private static readonly (DoorItemKind Kind, int Hours)[] Windows =
        [(DoorItemKind.DeadLetter, 1), (DoorItemKind.Refused, 4)];

    /// <summary>Mails what is due.</summary>
    public async Task SendDueAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        foreach (var (kind, hours) in Windows)
        {
            var items = await DoorNews.ListAsync(tables, kind, Most, cancellation);
            foreach (var ofReader in items.GroupBy(item => ReaderOf(item, now)))
            {
                await SendAsync(kind, ofReader.Key, [.. ofReader.OrderBy(item => item.At)], WindowOf(now, hours));
            }
        }

        async Task SendAsync(DoorItemKind kind, StaffId reader, IReadOnlyList<DoorItem> items, string window)
        {
            if (policies.Current.FindStaff(reader) is not { } member
                || !await DoorNews.TryTakeTurnAsync(tables, $"{kind}|{reader}", window, cancellation))
            {
                return;
            }

            var mail = await composer.ComposeAsync(
                $"door|{kind}|{window}|{reader}", "door", member.Recipient(), Compose(kind, member, items),
                replyTo: null);
            await mails.EnqueueAsync(mail, cancellation);
            foreach (var item in items)
            {
                await DoorNews.RemoveAsync(tables, kind, item.Id, cancellation);
            }
        }
    }

    private static string WindowOf(DateTimeOffset now, int hours) => string.Create(
        CultureInfo.InvariantCulture, $"{now.UtcDateTime:yyyyMMdd}-{now.UtcDateTime.Hour / hours}");

    private StaffId ReaderOf(DoorItem item, DateTimeOffset now)
    {
        var policy = policies.Current;
        var region = item.Region.Length > 0 ? item.Region : policy.RegionOf(country: null).Id;
        return ApproverRule.ManagerOf(policy, region, policy.Company.DayOf(now));
    }

    private IMail Compose(DoorItemKind kind, StaffMember reader, IReadOnlyList<DoorItem> items)
    {
        var zone = policies.Current.Company.Zone();
        List<DoorLine> lines =
        [
            .. items.Take(Shown).Select(item => new DoorLine(
                item.Title,
                item.Reason,
                item.Words,
                LocalTime.Text(item.At, zone),
                kind == DoorItemKind.Refused ? address.Link($"/deals/{item.Id}") : null)),
        ];
        return kind == DoorItemKind.Refused
            ? new InquiriesRefused(reader.Name, items.Count, lines, address.Link("/stages/Rejected"))
            : new DeliveriesLost(reader.Name, items.Count, lines, address.Link("/webhooks"));
    }
}
