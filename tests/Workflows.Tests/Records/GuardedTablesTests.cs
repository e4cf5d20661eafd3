using Workflows.Records;

namespace Workflows.Tests.Records;

public sealed class GuardedTablesTests
{
    [Fact]
    public void What_is_owed_paid_granted_or_decided_is_guarded() => Assert.Equal(
        [
            "Advances", "Approvals", "Customers", "Deals", "Exposure", "Facts", "InvoiceHistory", "InvoiceIndex",
            "InvoicePayments", "Invoices", "OpenPayments", "Orders", "Payments", "Reviews",
        ],
        GuardedTables.Names);
}
