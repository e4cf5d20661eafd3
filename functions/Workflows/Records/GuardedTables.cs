namespace Workflows.Records;

/// <summary>
/// Tables that say what is owed, paid, granted or decided, and by whom. A home that can sees to it that no row of
/// theirs is changed, lost or replaced by an older one without being noticed.
/// </summary>
public static class GuardedTables
{
    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "Deals", "Orders",
        "Invoices", "InvoiceHistory", "InvoiceIndex", "InvoicePayments",
        "Payments", "OpenPayments", "Advances",
        "Customers", "Exposure",
        "Approvals",
        "Facts", "Reviews",
    ];
}
