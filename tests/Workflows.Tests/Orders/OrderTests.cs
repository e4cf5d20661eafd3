using Microsoft.Extensions.DependencyInjection;
using Workflows.Credit;
using Workflows.Customers;
using Workflows.Facts;
using Workflows.Inquiries;
using Workflows.Lifecycle;
using Workflows.Orders;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Quotations;
using Workflows.Receivables;
using Workflows.Reviews;
using Workflows.Trade;

namespace Workflows.Tests.Orders;

/// <summary>Credit and orders of one customer, limit USD 100,000, on an engine.</summary>
public sealed class OrderTests : IAsyncLifetime
{
    private static readonly Inquiry Inquiry = new(
        "fair", "1", default, new Buyer("Anna", "Acme", "anna@acme.example", null, "DE", null, 0, true), [], "", "de",
        null, false);

    private Scenario _scenario = null!;
    private CustomerId _customer;

    public async Task InitializeAsync()
    {
        _scenario = await Scenario.StartAsync(more: services => services.AddSingleton<InvoiceService>());
        var identity = BuyerIdentity.Of(Inquiry.Buyer, _scenario.Policy.Scoring.FreeMailDomains);
        var (customer, _) = await CustomerRecognition.FindOrCreateAsync(
            _scenario.Tables, Inquiry.Buyer, identity, "de", _scenario.Clock.GetUtcNow(), _scenario.Bound);
        _customer = customer.Id;
        await Report.SetTermsAsync(_customer, new CreditTerms("B", null, null, null), _scenario.Bound);
    }

    public async Task DisposeAsync() => await _scenario.DisposeAsync();

    private CreditReport Report => _scenario.Get<CreditReport>();

    [Fact]
    public async Task Of_orders_that_race_for_the_same_limit_only_those_slip_through_that_fit()
    {
        var decisions = await Task.WhenAll(
            Enumerable.Range(1, 10).Select(number => CheckAsync(Deal(number), 30_000, "OA60")));

        Assert.Equal(3, decisions.Count(decision => decision.Outcome == CreditOutcome.Cleared));
        Assert.Equal(Usd(10_000), (await StandingAsync()).Available);
    }

    [Fact]
    public async Task A_check_that_runs_twice_counts_its_order_once()
    {
        await CheckAsync(Deal(1), 60_000, "OA60");
        var again = await CheckAsync(Deal(1), 60_000, "OA60");

        Assert.Equal(CreditOutcome.Cleared, again.Outcome);
        Assert.Equal(Usd(60_000), (await StandingAsync()).Exposure.Total);
    }

    [Fact]
    public async Task Exposure_moves_from_the_order_to_its_invoices_and_goes_with_the_money()
    {
        await CheckAsync(Deal(1), 50_000, "TT30-70BL");
        var confirmed = await StandingAsync();
        var invoices = (await ConfirmAsync(Deal(1), 50_000, "TT30-70BL")).Invoices;
        var billed = await StandingAsync();
        await Collection.ScheduleAsync(
            _scenario.Client, new CollectionInput(invoices[0], Inquiry), new ScheduleOptions(invoices[0].Id.Value),
            _scenario.Bound);
        await _scenario.Get<PaymentService>()
            .ReceiveAsync(
                new Payment("BANK-1", invoices[0].Id.Value, Usd(15_000), new DateOnly(2026, 11, 4), null, null),
                "request-1", new StaffId("lin"), _scenario.Bound);
        await _scenario.SettleAsync();

        Assert.Equal((Usd(50_000), Usd(0)), (confirmed.Exposure.UnbilledOrders, confirmed.Exposure.OpenInvoices));
        Assert.Equal((Usd(35_000), Usd(15_000)), (billed.Exposure.UnbilledOrders, billed.Exposure.OpenInvoices));
        Assert.Equal(Usd(35_000), (await StandingAsync()).Exposure.Total);
    }

    [Fact]
    public async Task A_granted_order_passes_the_check_before_shipment_while_nothing_got_worse()
    {
        var asked = await CheckAsync(Deal(1), 120_000, "OA60");
        await _scenario.RunAsync<GrantCredit, GrantInput, Nothing>(
            new GrantInput(Deal(1), _customer, asked.Exposure.Total));
        await ConfirmAsync(Deal(1), 120_000, "OA60", Plan(120_000, "OA60"));

        var shipment = await CheckAsync(Deal(1), 120_000, "OA60", CreditCheckPoint.Shipment);
        await _scenario.AdvanceAsync(TimeSpan.FromDays(_scenario.Policy.Credit.ApprovalDays + 1));
        var expired = await CheckAsync(Deal(1), 120_000, "OA60", CreditCheckPoint.Shipment);

        Assert.Equal((CreditOutcome.NeedsApproval, Usd(20_000)), (asked.Outcome, asked.OverBy));
        Assert.Equal(CreditOutcome.Cleared, shipment.Outcome);
        Assert.Contains("Covered by the credit approval that is good until 2026-12-04", shipment.Reasons);
        Assert.Equal(CreditOutcome.NeedsApproval, expired.Outcome);
    }

    [Fact]
    public async Task A_confirmed_order_is_numbered_counted_and_mailed_once_however_often_it_runs()
    {
        var order = (await ConfirmAsync(Deal(1), 50_000, "TT30-70BL")).Order!;
        await _scenario.AdvanceAsync(TimeSpan.FromHours(2));
        var again = (await ConfirmAsync(Deal(1), 50_000, "TT30-70BL")).Order!;

        Assert.Equal("SO-0000-0000-0001", order.Number);
        Assert.Equal((order.Number, order.ConfirmedAt), (again.Number, again.ConfirmedAt));
        var facts = await FactLog.ReadAsync(_scenario.Tables, "2026-11", _scenario.Bound);
        Assert.Equal([FactKind.OrderWon, FactKind.Invoiced], facts.Select(fact => fact.Kind).Order());
        var won = Assert.Single(facts, fact => fact.Kind == FactKind.OrderWon);
        Assert.Equal(
            (FactKind.OrderWon, 50_000m, "jonas"), (won.Kind, won.BaseAmount!.Value, won.Salesperson!.Value.Value));
        var mail = Assert.Single(await _scenario.MailsAsync<OrderConfirmed>());
        Assert.Equal("30% deposit by T/T, 70% against copy of B/L", mail.PaymentTerms);
        Assert.True(await CustomerRepository.HasOrderedAsync(_scenario.Tables, _customer, Deal(2), _scenario.Bound));
    }

    [Fact]
    public async Task An_order_over_the_limit_is_not_confirmed_before_credit_is_granted()
    {
        var asked = await ConfirmAsync(Deal(1), 120_000, "OA60");
        var nothing = await _scenario.MailsAsync();
        var granted = await ConfirmAsync(Deal(1), 120_000, "OA60", asked.Instalments);

        Assert.Equal(
            (CreditOutcome.NeedsApproval, null, 0), (asked.Credit!.Outcome, asked.Order, asked.Invoices.Count));
        Assert.Empty(nothing);
        Assert.Null(granted.Credit);
        Assert.Single(granted.Invoices);
        Assert.Equal(Usd(120_000), (await StandingAsync()).Exposure.Total);
    }

    [Fact]
    public async Task A_confirmed_order_stands_when_its_step_runs_again_whatever_happened_to_the_credit()
    {
        var first = await ConfirmAsync(Deal(1), 60_000, "OA60");
        await Report.PlaceHoldAsync(_customer, "bank reports a moratorium", new StaffId("lin"), _scenario.Bound);

        var again = await ConfirmAsync(Deal(1), 60_000, "OA60");

        Assert.Equal(CreditOutcome.Cleared, again.Credit!.Outcome);
        Assert.Equal((first.Order!.Number, first.Order.ConfirmedAt), (again.Order!.Number, again.Order.ConfirmedAt));
        Assert.Equal(first.Invoices.Select(invoice => invoice.Id), again.Invoices.Select(invoice => invoice.Id));
        Assert.Equal(Usd(60_000), (await StandingAsync()).Exposure.Total);
        Assert.Equal(Usd(60_000), (await StandingAsync()).Exposure.UnbilledOrders);
    }

    [Fact]
    public async Task A_cancelled_order_gives_its_credit_back_and_is_counted()
    {
        var invoice = Assert.Single((await ConfirmAsync(Deal(1), 60_000, "OA60")).Invoices);
        await Collection.ScheduleAsync(
            _scenario.Client, new CollectionInput(invoice, Inquiry), new ScheduleOptions(invoice.Id.Value),
            _scenario.Bound);
        await CollectionSignal.Event.RaiseAsync(
            _scenario.Client, invoice.Id.Value, new OrderCancelled("x", new StaffId("jonas"), "fire"), "x",
            _scenario.Bound);
        await _scenario.SettleAsync();

        await _scenario.RunAsync<CancelOrder, CancelOrderInput, Nothing>(new CancelOrderInput(Deal(1), _customer));

        Assert.Equal(Usd(100_000), (await StandingAsync()).Available);
        var cancelled = Assert.Single(
            await FactLog.ReadAsync(_scenario.Tables, "2026-11", _scenario.Bound),
            fact => fact.Kind == FactKind.OrderCancelled);
        Assert.Equal((60_000m, "emea"), (cancelled.BaseAmount!.Value, cancelled.Region));
    }

    [Fact]
    public async Task A_prepaid_order_takes_no_credit_on_its_whole_way()
    {
        var confirmed = await ConfirmAsync(Deal(1), 900_000, "TT100");

        Assert.Equal(CreditOutcome.Cleared, confirmed.Credit!.Outcome);
        Assert.True(Assert.Single(confirmed.Invoices).IsPrepaid);
        Assert.Equal(Usd(100_000), (await StandingAsync()).Available);
    }

    [Fact]
    public async Task A_hold_by_a_person_asks_for_approval_until_it_is_released()
    {
        await Report.PlaceHoldAsync(_customer, "bank reports a moratorium", new StaffId("lin"), _scenario.Bound);
        await Report.PlaceHoldAsync(_customer, "bank reports a moratorium", new StaffId("lin"), _scenario.Bound);
        var held = await CheckAsync(Deal(1), 1_000, "OA60");
        var file = await Report.ReleaseHoldAsync(_customer, _scenario.Bound);

        Assert.Equal(CreditOutcome.NeedsApproval, held.Outcome);
        Assert.Single(held.Reasons);
        Assert.False(file!.IsOnHold);
        Assert.Equal(CreditOutcome.Cleared, (await CheckAsync(Deal(1), 1_000, "OA60")).Outcome);
        Assert.Null(await Report.PlaceHoldAsync(new CustomerId("C-NOBODY"), "x", new StaffId("lin"), _scenario.Bound));
    }

    private Task<CreditDecision> CheckAsync(
        DealId deal, decimal total, string terms, CreditCheckPoint point = CreditCheckPoint.Order) =>
        _scenario.RunAsync<CheckCredit, CreditInput, CreditDecision>(
            new CreditInput(deal, _customer, Usd(total), Plan(total, terms), point));

    private Task<ConfirmedOrder> ConfirmAsync(
        DealId deal, decimal total, string terms, IReadOnlyList<Instalment>? granted = null) =>
        _scenario.RunAsync<ConfirmOrder, ConfirmOrderInput, ConfirmedOrder>(new ConfirmOrderInput(
            deal, _customer, Quotation(deal, total, terms), "PO-77", Inquiry, new StaffId("jonas"), "emea", granted));

    private async Task<CreditStanding> StandingAsync() => (await Report.ForAsync(_customer, _scenario.Bound))!;

    private IReadOnlyList<Instalment> Plan(decimal total, string terms) =>
        PaymentSchedule.Of(Usd(total), _scenario.Policy.FindTerms(terms)!);

    private Quotation Quotation(DealId deal, decimal total, string terms) => new(
        $"{deal}-Q1",
        1,
        new QuotationDraft(Currency.Parse("USD"), [], 0, new DeliveryTerm(Incoterm.FOB, "Ningbo"), terms, null, null),
        Usd(total),
        Usd(0),
        Usd(total),
        null,
        _scenario.Clock.GetUtcNow(),
        _scenario.Clock.GetUtcNow().AddDays(30),
        new StaffId("jonas"));

    private static DealId Deal(int number) => new($"D-0000-0000-{number:D4}");

    private static Money Usd(decimal amount) => Money.Of(amount, "USD");
}
