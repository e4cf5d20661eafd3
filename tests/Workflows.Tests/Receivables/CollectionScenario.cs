using Microsoft.Extensions.DependencyInjection;
using Workflows.Customers;
using Workflows.Inquiries;
using Workflows.Orders;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Receivables;
using Workflows.Receivables.Dunning;
using Workflows.Trade;

namespace Workflows.Tests.Receivables;

/// <summary>A customer, orders and running collections on an engine.</summary>
internal sealed class CollectionScenario(Scenario scenario) : IAsyncDisposable
{
    private static readonly Inquiry Inquiry = new(
        "fair",
        "1",
        DateTimeOffset.UnixEpoch,
        new Buyer("Anna Schmidt", "Acme GmbH", "anna@acme.example", null, "DE", null, 0, true),
        [],
        "",
        "de",
        null,
        false);

    private int _deals;
    private int _requests;

    public Scenario Scenario { get; } = scenario;

    public CustomerId Customer { get; private set; }

    public InvoiceService Service => Scenario.Get<InvoiceService>();

    public PaymentService Payments => Scenario.Get<PaymentService>();

    public CancellationToken Bound => Scenario.Bound;

    private BuyerCalendar Calendar => BuyerCalendar.Of("DE", Scenario.Policy);

    public static async Task<CollectionScenario> StartAsync(
        string start = "2025-09-01T02:00:00Z", Func<Policy, Policy>? change = null)
    {
        var scenario = await Scenario.StartAsync(
            change,
            DateTimeOffset.Parse(start, System.Globalization.CultureInfo.InvariantCulture),
            services => services.AddSingleton<InvoiceService>());
        var collections = new CollectionScenario(scenario);
        var identity = BuyerIdentity.Of(Inquiry.Buyer, scenario.Policy.Scoring.FreeMailDomains);
        var (customer, _) = await CustomerRecognition.FindOrCreateAsync(
            scenario.Tables, Inquiry.Buyer, identity, "de", scenario.Clock.GetUtcNow(), scenario.Bound);
        collections.Customer = customer.Id;
        return collections;
    }

    /// <summary>Bills an order and starts its collections.</summary>
    public async Task<IReadOnlyList<Invoice>> BillAsync(Money total, string terms)
    {
        var deal = new DealId($"D-7K2M-9QX4-T3B{++_deals}");
        var instalments = PaymentSchedule.Of(total, Scenario.Policy.FindTerms(terms)!);
        var order = new Order(
            OrderNumbering.Order(deal),
            $"{deal}-Q1",
            "PO-77",
            total,
            new DeliveryTerm(Incoterm.FOB, "Ningbo"),
            terms,
            instalments,
            Scenario.Clock.GetUtcNow());
        var invoices = await Scenario.IssueAsync(
            new IssueInput(deal, Customer, order, Inquiry, new StaffId("jonas"), "emea"));
        foreach (var invoice in invoices)
        {
            await Collection.ScheduleAsync(
                Scenario.Client, new CollectionInput(invoice, Inquiry), new ScheduleOptions(invoice.Id.Value), Bound);
        }

        await Scenario.SettleAsync();
        return invoices;
    }

    /// <summary>An invoice on open account of 30 days, due on a day.</summary>
    public async Task<InvoiceId> DueAsync(decimal amount, string due, string currency = "USD")
    {
        var invoice = (await BillAsync(Money.Of(amount, currency), "OA30")).Single();
        await SignalAsync(
            invoice.Id,
            new Anchored(
                $"{invoice.Id}|{due}", new StaffId("omar"), DueBasis.BillOfLading, Given.Day(due).AddDays(-30)));
        return invoice.Id;
    }

    public async Task SignalAsync(InvoiceId id, CollectionSignal signal)
    {
        await CollectionSignal.Event.RaiseAsync(Scenario.Client, id.Value, signal, signal.Id, Bound);
        await Scenario.SettleAsync();
    }

    public Task<PaymentReceipt> PayAsync(
        InvoiceId? id, decimal amount, string reference, string currency = "USD", string? text = null) =>
        PayAsync(new Payment(
            reference,
            id?.Value,
            Money.Of(amount, currency),
            Scenario.Policy.Company.DayOf(Scenario.Clock.GetUtcNow()),
            "ACME GMBH",
            text));

    /// <summary>Sends a payment in by a request of its own.</summary>
    public Task<PaymentReceipt> PayAsync(Payment payment) => Payments.ReceiveAsync(
        payment, $"request-{Interlocked.Increment(ref _requests)}", new StaffId("lin"), Bound);

    public async Task<Invoice> FindAsync(InvoiceId id) => (await Service.FindAsync(id, Bound))!;

    public async Task<Customer> FindCustomerAsync() =>
        (await CustomerRepository.FindAsync(Scenario.Tables, Customer, Bound))!;

    /// <summary>Lets time pass until noon of a day in Berlin.</summary>
    public Task UntilAsync(string day) => Scenario.AdvanceToAsync(Calendar.StartOf(Given.Day(day)).AddHours(12));

    /// <summary>The days, in Berlin, on which reminders went out, with their levels.</summary>
    public async Task<IReadOnlyList<string>> RemindersAsync() =>
        [.. (await Scenario.MailsAsync())
            .Where(mail => mail.Mail is PaymentReminder)
            .Select(mail => $"{Calendar.DayOf(mail.Record.EnqueuedAt):MM-dd} L{((PaymentReminder)mail.Mail).Level}")];

    public ValueTask DisposeAsync() => Scenario.DisposeAsync();
}
