using System.Text.Json.Serialization;
using Workflows.Customers;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Credit;

/// <summary>How a customer's credit stands.</summary>
/// <param name="Exposure">In the limit's currency; of all orders and invoices.</param>
/// <param name="Available">What is left of the limit; negative when it is exceeded.</param>
/// <param name="Overdue">Past the due date, in the limit's currency.</param>
/// <param name="DaysOverdue">Of the oldest; zero when nothing is.</param>
/// <param name="Items">Each order and invoice at risk, oldest due date first.</param>
/// <param name="Balances">Money of theirs that we hold and that is not used up. Its published name stays.</param>
/// <param name="Grants">Credit approvals that are still good.</param>
/// <param name="Defaults">Debts that were written off and are still not in, oldest first.</param>
/// <param name="Unconverted">Currencies without a rate into the limit's: missing from the sums.</param>
public sealed record CreditStanding(
    Customer Customer,
    Money Limit,
    Exposure Exposure,
    Money Available,
    Money Overdue,
    int DaysOverdue,
    IReadOnlyList<CreditItem> Items,
    [property: JsonPropertyName("advances")] IReadOnlyList<CustomerBalance> Balances,
    IReadOnlyList<CreditGrant> Grants,
    IReadOnlyList<CreditDefault> Defaults,
    IReadOnlyList<Currency> Unconverted);

/// <summary>One amount at risk.</summary>
/// <param name="Invoice">Null for an order that is not billed yet.</param>
/// <param name="Due">Null while it is not known.</param>
public sealed record CreditItem(DealId Deal, InvoiceId? Invoice, Money Amount, DateOnly? Due);

/// <summary>Reads customers' credit, and changes their files on a person's word.</summary>
public sealed class CreditReport(ITableStore tables, PolicyStore policies, TimeProvider time)
{
    /// <summary>How a customer stands today; null when there is no such customer.</summary>
    public async Task<CreditStanding?> ForAsync(CustomerId id, CancellationToken cancellation)
    {
        if (await CustomerRepository.FindAsync(tables, id, cancellation) is not { } customer)
        {
            return null;
        }

        var policy = policies.Current;
        var today = policy.Company.DayOf(time.GetUtcNow());
        var sheet = await ExposureRepository.ReadAsync(tables, id, cancellation);
        var balances = await CustomerBalanceRepository.OfAsync(tables, id, cancellation);
        var limit = CreditRule.LimitOf(customer, policy.Credit);
        var late = sheet.Items.Where(item => item.Invoice is not null && item.Due < today).ToList();
        var exposure = new Exposure(
            Sum(sheet.Items.Where(item => item.Due is not null).Select(item => item.Amount)),
            Sum(sheet.Items.Where(item => item.Due is null).Select(item => item.Amount)),
            Money.Zero(limit.Currency),
            Sum(balances.Select(balance => balance.RemainingOn(today))));
        return new CreditStanding(
            customer,
            limit,
            exposure,
            limit - exposure.Total,
            Sum(late.Select(item => item.Amount)),
            late.Count == 0 ? 0 : late.Max(item => today.DayNumber - item.Due!.Value.DayNumber),
            [.. sheet.Items.Where(item => item.Amount.Amount > 0)
                .OrderBy(item => item.Due ?? DateOnly.MaxValue)
                .Select(item => new CreditItem(item.Deal, item.Invoice, item.Amount, item.Due))],
            [.. balances.Where(balance => balance.RemainingOn(today).Amount > 0)],
            [.. sheet.Grants.Where(grant => today <= grant.ValidUntil)],
            [.. sheet.Defaults.OrderBy(debt => debt.WrittenOffOn)],
            [.. sheet.Items.Select(item => item.Amount.Currency).Distinct()
                .Where(currency => policy.Company.Convert(Money.Zero(currency), limit.Currency) is null)]);

        Money Sum(IEnumerable<Money> amounts) => amounts
            .Select(amount => policy.Company.Convert(amount, limit.Currency))
            .Aggregate(Money.Zero(limit.Currency), (sum, next) => sum + (next ?? Money.Zero(limit.Currency)));
    }

    /// <summary>Puts a customer on credit hold; null when there is no such customer.</summary>
    public Task<Customer?> PlaceHoldAsync(CustomerId id, string reason, StaffId by, CancellationToken cancellation) =>
        CreditHolds.PlaceAsync(tables, id, new CreditHold(reason, by, time.GetUtcNow(), Invoice: null), cancellation);

    /// <summary>Takes every hold off a customer; null when there is no such customer.</summary>
    public Task<Customer?> ReleaseHoldAsync(CustomerId id, CancellationToken cancellation) =>
        CreditHolds.ReleaseAllAsync(tables, id, cancellation);

    /// <summary>Sets what a customer is granted; null members of <paramref name="terms"/> take it away.</summary>
    /// <returns>The file; null when there is no such customer.</returns>
    public Task<Customer?> SetTermsAsync(CustomerId id, CreditTerms terms, CancellationToken cancellation) =>
        CustomerRepository.ChangeAsync(
            tables,
            id,
            file => file with
            {
                Rating = terms.Rating,
                Limit = terms.Limit,
                Segment = terms.Segment ?? Customer.StandardSegment,
                PaymentTerms = terms.PaymentTerms,
            },
            cancellation);
}

/// <summary>What a customer is granted.</summary>
/// <param name="Rating">Key of the policy's ratings.</param>
/// <param name="Limit">A limit of their own, before the rating's.</param>
/// <param name="Segment">Key of the policy's dunning ladders.</param>
/// <param name="PaymentTerms">Code of the policy's payment terms.</param>
public sealed record CreditTerms(string? Rating, Money? Limit, string? Segment, string? PaymentTerms);
