using System.Globalization;
using Workflows.Platform;
using Workflows.Trade;

namespace Workflows.Credit;

/// <summary>A debt of a customer that was given up: the next order on credit is judged with it.</summary>
/// <param name="Amount">What was given up, less what came in for it later.</param>
/// <param name="WrittenOffOn">In the company's zone.</param>
public sealed record CreditDefault(DealId Deal, InvoiceId Invoice, Money Amount, DateOnly WrittenOffOn)
{
    internal TableRow Write(TableRow row)
    {
        row["Deal"] = Deal.Value;
        row["Invoice"] = Invoice.Value;
        row["Amount"] = Amount.Amount;
        row["Currency"] = Amount.Currency.Code;
        row["WrittenOffOn"] = WrittenOffOn.ToString("O", CultureInfo.InvariantCulture);
        return row;
    }

    internal static CreditDefault Read(TableRow row) => new(
        new DealId(row.RequiredText("Deal")),
        new InvoiceId(row.RequiredText("Invoice")),
        Money.Of(row.Number("Amount")!.Value, row.RequiredText("Currency")),
        DateOnly.ParseExact(row.RequiredText("WrittenOffOn"), "yyyy-MM-dd", CultureInfo.InvariantCulture));
}
