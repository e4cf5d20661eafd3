using System.Globalization;
using Workflows.Trade;

namespace Workflows.Orders;

/// <summary>Numbers that follow from the deal, so that they are the same however often a step runs.</summary>
public static class OrderNumbering
{
    /// <summary>The order of a deal: <c>SO-7K2M-9QX4-T3BN</c>.</summary>
    public static string Order(DealId deal) => "SO-" + Core(deal);

    /// <summary>An invoice as printed: <c>INV-7K2M-9QX4-T3BN-2</c>.</summary>
    public static string Invoice(DealId deal, int instalment) =>
        string.Create(CultureInfo.InvariantCulture, $"INV-{Core(deal)}-{instalment}");

    /// <summary>An invoice's id: <c>D-7K2M-9QX4-T3BN-I2</c>.</summary>
    public static InvoiceId InvoiceId(DealId deal, int instalment) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{deal}-I{instalment}"));

    private static string Core(DealId deal) =>
        deal.Value.StartsWith("D-", StringComparison.Ordinal) ? deal.Value[2..] : deal.Value;
}
