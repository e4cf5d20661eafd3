using System.Globalization;
using Workflows.Approvals.Kinds;
using Workflows.Customers;
using Workflows.Orders;
using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Credit;

/// <summary>What the credit rule decides on.</summary>
/// <param name="Items">All that is at risk with the customer, this deal's own rows included.</param>
/// <param name="Grant">What was granted for this deal before; null if nothing was.</param>
internal sealed record CreditCase(
    CreditInput Input,
    Customer Customer,
    IReadOnlyList<ExposureItem> Items,
    IReadOnlyList<Money> Balances,
    CreditGrant? Grant)
{
    /// <summary>What was given up of the customer's debts and is still not in.</summary>
    public IReadOnlyList<CreditDefault> Defaults { get; init; } = [];
}

/// <summary>Whether an order may be confirmed, or shipped, on credit. Pure.</summary>
internal static class CreditRule
{
    /// <summary>Applies the rule.</summary>
    /// <param name="today">In the company's zone.</param>
    public static (
        CreditDecision Decision, CreditGrounds Grounds) Decide(CreditCase file, Policy policy, DateOnly today)
    {
        var limit = LimitOf(file.Customer, policy.Credit);
        var (exposure, unrated) = ExposureOf(file, policy.Company, limit.Currency);
        var overBy = exposure.Total > limit ? exposure.Total - limit : Money.Zero(limit.Currency);
        if (IsPrepaid(file.Input.Instalments))
        {
            return (Cleared("Paid in full before production: nothing is sold on credit"), CreditGrounds.None);
        }

        var (grounds, reasons) = Speak(file, policy, today, exposure, limit, overBy, unrated);
        if (grounds == CreditGrounds.None)
        {
            return (Cleared($"Exposure {exposure.Total} is within the limit of {limit}"), grounds);
        }

        if (file.Grant is { } grant && grant.Covers(grounds, exposure.Total, today))
        {
            return (
                Cleared(
                    [.. reasons, $"Covered by the credit approval that is good until {Day(grant.ValidUntil!.Value)}"]),
                grounds);
        }

        if (CreditSubject.LevelsFor(overBy, policy).Count == 0)
        {
            reasons.Add($"{overBy} over the limit is beyond what anybody may decide");
        }

        return (new CreditDecision(CreditOutcome.NeedsApproval, exposure, limit, overBy, reasons), grounds);

        CreditDecision Cleared(params IReadOnlyList<string> why) =>
            new(CreditOutcome.Cleared, exposure, limit, overBy, why);
    }

    /// <summary>Whether all of an order is paid before anything is made.</summary>
    public static bool IsPrepaid(IReadOnlyList<Instalment> instalments) =>
        instalments.Count > 0 && instalments.All(instalment => instalment.Gates == Prerequisite.Production);

    /// <summary>
    /// What an order counts in the customer's exposure: nothing when it is prepaid, otherwise its total until its money
    /// is in.
    /// </summary>
    public static Money CountedOf(IReadOnlyList<Instalment> instalments, Money total) =>
        IsPrepaid(instalments) ? total * 0 : total;

    /// <summary>The customer's own limit, or their rating's, or the policy's default.</summary>
    public static Money LimitOf(Customer customer, CreditPolicy policy) =>
        customer.Limit
        ?? (
            customer.Rating is { } rating && policy.Ratings.TryGetValue(
                rating, out var rated) ? rated : policy.DefaultLimit);

    private static (CreditGrounds Grounds, List<string> Reasons) Speak(
        CreditCase file, Policy policy, DateOnly today, Exposure exposure, Money limit, Money overBy,
        IReadOnlyList<string> unrated)
    {
        var grounds = CreditGrounds.None;
        var reasons = new List<string>();
        if (overBy.Amount > 0)
        {
            grounds |= CreditGrounds.OverLimit;
            reasons.Add($"Exposure {exposure.Total} is {overBy} over the limit of {limit}");
        }

        foreach (var late in Late(file, policy, today))
        {
            grounds |= CreditGrounds.Overdue;
            reasons.Add(
                $"Invoice {late.Invoice} over {late.Amount} is {today.DayNumber - late.Due!.Value.DayNumber} days "
                    + $"overdue; {policy.Credit.OverdueToleranceDays} are tolerated");
        }

        foreach (var debt in file.Defaults)
        {
            grounds |= CreditGrounds.Defaulted;
            reasons.Add(
                $"{debt.Amount} of invoice {debt.Invoice} was written off on {Day(debt.WrittenOffOn)} and never paid");
        }

        foreach (var hold in file.Customer.Holds)
        {
            grounds |= CreditGrounds.OnHold;
            reasons.Add($"The customer is on credit hold since {Day(policy.Company.DayOf(hold.At))}: {hold.Reason}");
        }

        foreach (var currency in unrated)
        {
            grounds |= CreditGrounds.NoRate;
            reasons.Add($"The policy has no rate from {currency} to {limit.Currency}, so the exposure cannot be told");
        }

        return (grounds, reasons);
    }

    /// <summary>
    /// What is overdue beyond tolerance. Neither age nor amount speaks alone: a few dollars that were forgotten hold up
    /// no order.
    /// </summary>
    private static List<ExposureItem> Late(CreditCase file, Policy policy, DateOnly today)
    {
        var credit = policy.Credit;
        var late = file.Items
            .Where(item => item.Invoice is not null && item.Due?.AddDays(credit.OverdueToleranceDays) < today)
            .ToList();
        var weight = late.Aggregate((decimal?)0, (sum, item) => sum + WeightOf(item));
        return weight <= credit.OverdueToleranceAmountDays ? [] : late;

        // An amount that cannot be converted is not known to be small.
        decimal? WeightOf(ExposureItem item) =>
            policy.Company.Convert(item.Amount, credit.DefaultLimit.Currency)?.Amount
            * (today.DayNumber - item.Due!.Value.DayNumber);
    }

    private static (Exposure Exposure, IReadOnlyList<string> Unrated) ExposureOf(
        CreditCase file, CompanyPolicy company, Currency currency)
    {
        var (input, unrated) = (file.Input, new SortedSet<string>(StringComparer.Ordinal));
        var own = file.Items.Where(item => item.Deal == input.Deal).ToList();
        var others = file.Items.Where(item => item.Deal != input.Deal).ToList();

        // Before it is confirmed the order counts in full; later, what is left to pay of it.
        var thisOrder = input.Point == CreditCheckPoint.Order ? [input.OrderTotal] : own.Select(item => item.Amount);
        var exposure = new Exposure(
            Sum(others.Where(item => item.Due is not null).Select(item => item.Amount)),
            Sum(others.Where(item => item.Due is null).Select(item => item.Amount)),
            IsPrepaid(input.Instalments) ? Money.Zero(currency) : Sum(thisOrder),
            Sum(file.Balances));
        return (exposure, [.. unrated]);

        Money Sum(IEnumerable<Money> amounts)
        {
            var sum = Money.Zero(currency);
            foreach (var amount in amounts)
            {
                if (company.Convert(amount, currency) is { } converted)
                {
                    sum += converted;
                }
                else if (amount.Amount != 0)
                {
                    unrated.Add(amount.Currency.Code);
                }
            }

            return sum;
        }
    }

    private static string Day(DateOnly day) => day.ToString("O", CultureInfo.InvariantCulture);
}
