using Workflows.Policies;
using Workflows.Receivables;
using Workflows.Trade;

namespace Workflows.Tests.Receivables;

/// <summary>Invoices to test with.</summary>
internal static class Given
{
    public static DealId Deal { get; } = new("D-7K2M-9QX4-T3BN");

    /// <summary>An open invoice to a buyer in Germany.</summary>
    public static Invoice Invoice(decimal amount, DateOnly? due, string currency = "USD") => new(
        new InvoiceId($"{Deal}-I1"),
        Deal,
        new CustomerId("C-1"),
        "INV-7K2M-9QX4-T3BN-1",
        "balance",
        new StaffId("jonas"),
        "emea",
        Money.Of(amount, currency),
        Money.Of(0, currency),
        Money.Of(0, currency),
        Money.Of(0, currency),
        Money.Of(0, currency),
        DueBasis.BillOfLading,
        OffsetDays: 30,
        Gates: null,
        due,
        due is null ? InvoiceStatus.NotAnchored : InvoiceStatus.Open,
        DunningLevel: null,
        new DateTimeOffset(2025, 8, 1, 0, 0, 0, TimeSpan.Zero),
        null,
        null,
        null,
        null)
    {
        BillTo = new BillTo("Anna", "Acme", "anna@acme.com", "DE"),
        Order = "SO-7K2M-9QX4-T3BN",
    };

    public static DateOnly Day(string day) =>
        DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
