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

    /// <summary>A payment in US dollars, of value 1 October 2025.</summary>
    public static PaymentBooked Payment(decimal amount, string reference) => new(
        $"payment|{reference}",
        new StaffId("lin"),
        new Payment(reference, Invoice: null, Usd(amount), Day("2025-10-01"), Remitter: null, RemittanceText: null));

    public static Money Usd(decimal amount) => Money.Of(amount, "USD");

    public static DateOnly Day(string day) =>
        DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
