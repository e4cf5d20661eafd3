using Workflows.Approvals;
using Workflows.Approvals.Kinds;
using Workflows.Policies;
using Workflows.Receivables.WriteOffs;
using Workflows.Trade;

namespace Workflows.Tests.Receivables.WriteOffs;

public class WriteOffApprovalTests
{
    [Fact]
    public void A_write_off_is_asked_with_the_invoice_as_it_stood()
    {
        var (id, lin, due) = (new ApprovalId("I1-W1"), new StaffId("lin"), new DateOnly(2025, 9, 30));
        var invoice = Given.Invoice(20_000, due) with { Paid = Usd(16_000), DunningLevel = 2 };

        var asked = WriteOffApproval.For(new WriteOffInput(id, invoice, lin, "buyer insolvent"));

        Assert.Equal(
            new WriteOffSubject(
                "Acme",
                "DE",
                "INV-7K2M-9QX4-T3BN-1",
                "balance",
                "SO-7K2M-9QX4-T3BN",
                Billed: Usd(20_000),
                Paid: Usd(16_000),
                Open: Usd(4_000),
                due,
                DueBasis.BillOfLading,
                OffsetDays: 30,
                DunningLevel: 2,
                "buyer insolvent"),
            asked.Subject);
        Assert.Equal(new ApprovalInput(id, Given.Deal, asked.Subject, lin, "emea", PolicyVersion: null), asked);
    }

    private static Money Usd(decimal amount) => Money.Of(amount, "USD");
}
