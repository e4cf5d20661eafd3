using Workflows.Receivables;
using Workflows.Receivables.History;
using Workflows.Trade;
using Workflows.Web.Receivables;

namespace Workflows.Web.Tests.Receivables;

public sealed class InvoiceRefusalTextTests
{
    private static readonly (InvoiceRefusal Refusal, string Text)[] Examples =
    [
        (new InvoiceRefusal.Settled(InvoiceStatus.WrittenOff), "The invoice is written off; nothing is open."),
        (new InvoiceRefusal.NothingOpen(), "Nothing of the invoice is open any more."),
        (new InvoiceRefusal.NotStarted(), "The invoice is only just being issued; please try again."),
        (new InvoiceRefusal.NothingDisputed(), "Nothing of the invoice is in dispute."),
        (new InvoiceRefusal.ReasonMissing(InvoiceRequest.WriteOff), "A write-off needs a reason."),
        (new InvoiceRefusal.ReasonMissing(InvoiceRequest.Dispute), "A dispute needs a reason."),
        (new InvoiceRefusal.WriteOffPending(new ApprovalId("I1-W1")), "A write-off is being decided already (I1-W1)."),
        (new InvoiceRefusal.OtherCurrency(Currency.Parse("EUR")), "The invoice is in EUR."),
        (new InvoiceRefusal.AmountNotWhole(), "The amount must be above zero, in whole minor units."),
        (new InvoiceRefusal.MoreThanOpen(Money.Of(400, "USD")), "Only USD 400.00 is open."),
        (new InvoiceRefusal.MoreThanUndisputed(Money.Of(400, "USD")),
            "Only USD 400.00 is open and not in dispute already."),
        (new InvoiceRefusal.WhichDispute("1, 3"), "Please say which dispute: these are open: 1, 3."),
        (new InvoiceRefusal.PauseEndsTooSoon(), "The pause must end after today."),
        (new InvoiceRefusal.PauseTooLong(180), "A pause lasts at most 180 days."),
        (new InvoiceRefusal.NotDue(), "The invoice is not due yet, and is not chased before."),
        (new InvoiceRefusal.PromisedBefore(new DateOnly(2026, 3, 2)),
            "Payment is promised for 2026-03-02; another promise can be recorded when that day is over."),
        (new InvoiceRefusal.PromisePast(), "The promised day is past."),
        (new InvoiceRefusal.PromiseTooLate(60), "A promise defers reminders for at most 60 days."),
        (new InvoiceRefusal.OpenChanged(Money.Of(50, "USD")),
            "A payment came in meanwhile, and USD 50.00 is open now. Please ask again."),
        (new InvoiceRefusal.NotCollected(),
            "The invoice is not being collected: its process was ended. Please ask an admin."),
        (new InvoiceRefusal.NoBalance(), "The customer has no credit in this currency, or nothing is open."),
    ];

    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, Examples.Length)];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Every_refusal_has_its_words(int number) =>
        Assert.Equal(Examples[number].Text, InvoiceRefusalText.Of(Examples[number].Refusal));

    [Fact]
    public void Every_kind_of_refusal_has_an_example() => Assert.Equal(
        typeof(InvoiceRefusal).GetNestedTypes().Select(type => type.Name).Order(),
        Examples.Select(example => example.Refusal.GetType().Name).Distinct().Order());
}
