using Workflows.Receivables;
using Workflows.Receivables.History;
using Workflows.Receivables.Payments;
using Workflows.Trade;

namespace Workflows.Tests.Receivables.Payments;

public sealed class BookingTests
{
    private static readonly DateTimeOffset Now = new(2025, 10, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Today = Given.Day("2025-10-02");

    private static readonly Invoice Open = Given.Invoice(1_000, Given.Day("2025-09-30")) with
    {
        Disputed = Given.Usd(800),
        PromiseStands = true,
        WriteOff = new ApprovalId("W1"),
    };

    [Fact]
    public void A_part_payment_leaves_the_write_off_pending_and_no_more_in_dispute_than_is_open()
    {
        var file = Take(400, new Allocation(Given.Usd(400), Given.Usd(0), Given.Usd(0)));

        Assert.Equal(
            (InvoiceStatus.PartPaid, Given.Usd(600), new ApprovalId("W1")),
            (file.Invoice.Status, file.Invoice.Disputed, file.Invoice.WriteOff));
        Assert.Equal([Received(400, fee: 0, stillOpen: 600, surplus: 0)], file.Entries.Select(entry => entry.What));
    }

    [Fact]
    public void A_part_payment_leaves_an_overdue_invoice_overdue()
    {
        var overdue = CollectionFile.Of(Open with { Status = InvoiceStatus.Overdue });

        var file = Take(overdue, 400, new Allocation(Given.Usd(400), Given.Usd(0), Given.Usd(0)));

        Assert.Equal((InvoiceStatus.Overdue, Given.Usd(600)), (file.Invoice.Status, file.Invoice.Open));
    }

    [Theory]
    [InlineData(400, InvoiceStatus.WrittenOff)]
    [InlineData(1_000, InvoiceStatus.Paid)]
    public void Money_that_comes_before_a_written_off_invoice_is_closed_makes_the_loss_smaller(
        decimal amount, InvoiceStatus after)
    {
        var lost = CollectionFile.Of(Open with { Status = InvoiceStatus.WrittenOff, WrittenOff = Given.Usd(1_000) });

        var file = Take(lost, amount, new Allocation(Given.Usd(amount), Given.Usd(0), Given.Usd(0)));

        Assert.Equal(
            (after, Given.Usd(1_000 - amount), Given.Usd(amount)),
            (file.Invoice.Status, file.Invoice.WrittenOff, file.Invoice.Paid));
    }

    [Fact]
    public void A_payment_of_all_that_is_open_settles_the_invoice_and_ends_what_was_pending()
    {
        var file = Take(1_000, new Allocation(Given.Usd(1_000), Given.Usd(0), Given.Usd(0)));

        Assert.Equal(
            (InvoiceStatus.Paid, Today, Given.Usd(0), false, null),
            (file.Invoice.Status, file.Invoice.SettledOn, file.Invoice.Disputed, file.Invoice.PromiseStands,
                file.Invoice.WriteOff));
        Assert.Equal(
            [Received(1_000, fee: 0, stillOpen: 0, surplus: 0), new PaidInFull()],
            file.Entries.Select(entry => entry.What));
        Assert.Equal([new StaffId("lin"), StaffId.System], file.Entries.Select(entry => entry.Who));
    }

    [Fact]
    public void What_is_short_within_tolerance_is_booked_as_a_bank_fee()
    {
        var file = Take(990, new Allocation(Given.Usd(990), Given.Usd(10), Given.Usd(0)));

        Assert.Equal((Given.Usd(990), Given.Usd(10)), (file.Invoice.Paid, file.Invoice.BankFees));
        Assert.Equal(Received(990, fee: 10, stillOpen: 0, surplus: 0), file.Entries[0].What);
    }

    [Fact]
    public void What_is_too_much_is_kept_in_the_file_for_the_thanks()
    {
        var file = Take(1_100, new Allocation(Given.Usd(1_000), Given.Usd(0), Given.Usd(100)));

        Assert.Equal(Given.Usd(100), file.ToBalance);
        Assert.Equal(Received(1_100, fee: 0, stillOpen: 0, surplus: 100), file.Entries[0].What);
    }

    private static CollectionFile Take(decimal amount, Allocation allocation) =>
        Take(CollectionFile.Of(Open), amount, allocation);

    private static CollectionFile Take(CollectionFile file, decimal amount, Allocation allocation) => Booking.Take(
        file, Given.Payment(amount, "BANK-1"), new BookedPayment(allocation, Today, KnownOn: null), Now);

    private static MoneyReceived Received(decimal amount, decimal fee, decimal stillOpen, decimal surplus) => new(
        Given.Usd(amount), Given.Day("2025-10-01"), "BANK-1", FromBalance: false, Given.Usd(fee), Given.Usd(stillOpen),
        Given.Usd(surplus));
}
