using System.Globalization;
using Workflows.Customers;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Inquiries;

/// <summary>Which limit of a day was reached, so that an inquiry is not acknowledged.</summary>
public enum AcknowledgementLimit
{
    /// <summary>That of the mail address.</summary>
    Address,

    /// <summary>That of the platform.</summary>
    Source,
}

/// <summary>
/// How many inquiries are acknowledged in a day: anybody can write a third party's address into an inquiry, and each
/// acknowledgement is a mail to that address. Table <c>Acknowledgements</c>: a partition for each day and address, with
/// a row for each place of its limit, and one for each day and platform, with a row for each deal.
/// </summary>
internal static class AcknowledgementQuota
{
    private const string Table = "Acknowledgements";
    private const string Deal = "Deal";
    private const int KeyLength = 32;

    /// <summary>
    /// Takes a place for a deal's acknowledgement, once for each deal. An address never gets more than its limit; a
    /// platform may by as many as are looked at in the same moment, so that its inquiries do not wait for each other.
    /// </summary>
    /// <returns>Null when the deal has its place, else the limit that is reached.</returns>
    public static async Task<AcknowledgementLimit?> TakeAsync(
        ActivityContext context, Policy policy, DealId deal, Inquiry inquiry)
    {
        var day = policy.Company.DayOf(context.UtcNow).ToString("O", CultureInfo.InvariantCulture);
        var (tables, cancellation) = (context.Tables, context.Stopping);
        var source = KeyOf(day, "source", inquiry.Platform);
        var acknowledged = await tables.ReadAllAsync(Table, TableQuery.Of(source), cancellation)
            .Select(row => row.RowKey).ToListAsync(cancellation);
        if (acknowledged.Count >= policy.AcknowledgementsPerSource() && !acknowledged.Contains(deal.Value))
        {
            return AcknowledgementLimit.Source;
        }

        // An address with a tag is the same mailbox.
        var address = KeyOf(day, "address", BuyerIdentity.Of(inquiry.Buyer, freeMailDomains: []).Email);
        if (!await TryTakeAsync(tables, address, deal, policy.AcknowledgementsPerAddress(), cancellation))
        {
            return AcknowledgementLimit.Address;
        }

        await tables.UpsertAsync(Table, new TableRow(source, deal.Value), cancellation);
        return null;
    }

    // Each place is inserted once: of those who want the same one, the others try the next.
    private static async Task<bool> TryTakeAsync(
        ITableStore tables, string partition, DealId deal, int places, CancellationToken cancellation)
    {
        for (var place = 1; place <= places; place++)
        {
            var key = place.ToString("D4", CultureInfo.InvariantCulture);
            var row = new TableRow(partition, key) { [Deal] = deal.Value };
            if (await tables.TryInsertAsync(Table, row, cancellation)
                || (await tables.GetAsync(Table, partition, key, cancellation))?.Text(Deal) == deal.Value)
            {
                return true;
            }
        }

        return false;
    }

    private static string KeyOf(string day, string kind, string text) =>
        $"{day}|{kind}|{Sha256Hex.Lower(text)[..KeyLength]}";
}
