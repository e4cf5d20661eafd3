using System.Globalization;
using Workflows.Platform;
using Workflows.Records;
using Workflows.Trade;

namespace Workflows.Receivables.Dunning;

/// <summary>What one customer is reminded of on one day, all in one mail.</summary>
/// <param name="Leader">The invoice whose collection sends the mail.</param>
internal sealed record ReminderDay(InvoiceId Leader, IReadOnlyList<ReminderDayLine> Lines)
{
    private const string Table = "ReminderDays";

    /// <summary>
    /// The customer's mail of a day. The first collection that asks decides what is in it; the others find themselves
    /// in it, or have to wait for another day.
    /// </summary>
    /// <param name="today">In the buyer's zone.</param>
    /// <param name="proposed">What is in it if no invoice asked before.</param>
    public static async Task<ReminderDay> ClaimAsync(
        ITableStore tables, CustomerId customer, DateOnly today, ReminderDay proposed, CancellationToken cancellation)
    {
        var key = today.ToString("O", CultureInfo.InvariantCulture);
        return await tables.TryInsertAsync(Table, new TableRow(customer.Value, key).With(proposed), cancellation)
            ? proposed
            : (await tables.GetAsync(Table, customer.Value, key, cancellation))!.Read<ReminderDay>();
    }
}

/// <summary>One invoice of the day's mail.</summary>
internal sealed record ReminderDayLine(int Level, InvoiceLine Invoice);
