using Workflows.Calendars;
using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Quotations;

/// <summary>
/// What an offer comes to. Every line is rounded as it is printed, so that the lines add up to the total.
/// </summary>
public static class QuotationPricing
{
    /// <summary>Prices a draft that <see cref="QuotationRules"/> has passed.</summary>
    /// <param name="zone">Where the buyer is.</param>
    public static Quotation Price(
        DealId deal, int version, QuotationDraft draft, StaffId by, DateTimeOffset now, Policy policy,
        TimeZoneInfo zone)
    {
        var lastDay = LastDay(now, draft.ValidityDays ?? policy.Quotations.ValidityDays, zone);
        var list = ListTotal(draft);
        var discount = list.Percent(draft.DiscountPercent);
        var total = list - discount;
        return new Quotation(
            $"{deal}-Q{version}",
            version,
            draft,
            list,
            discount,
            total,
            MarginPercent(draft, total),
            now,
            BusinessCalendar.EndOfDay(lastDay, zone),
            by)
        {
            ValidOn = lastDay,
            Terms = policy.FindTerms(draft.PaymentTerms),
            UnknownCosts = UnknownCosts(draft),
        };
    }

    /// <summary>
    /// An offer with its discount against earlier list prices, where a line's is lower than the one before. Rounded up:
    /// a discount just above a limit must not be judged as the limit.
    /// </summary>
    /// <param name="before">By line; null where the item has not been offered.</param>
    public static Quotation Against(Quotation quotation, IReadOnlyList<decimal?> before)
    {
        var (draft, total) = (quotation.Draft, quotation.Total.Amount);
        var list = draft.Lines.Zip(before, (line, price) => LineTotal(
            line with { ListPrice = Math.Max(line.ListPrice, price ?? 0) }, draft.Currency).Amount).Sum();
        return list <= quotation.ListTotal.Amount
            ? quotation
            : quotation with
            {
                EffectiveDiscountPercent =
                    decimal.Round((list - total) / list * 100m, 2, MidpointRounding.ToPositiveInfinity),
            };
    }

    /// <summary>What a unit of a line goes for, after the discount.</summary>
    public static Money NetPrice(QuotationLine line, QuotationDraft draft) =>
        new(line.ListPrice * (100 - draft.DiscountPercent) / 100m, draft.Currency);

    /// <summary>
    /// An offer that goes out later than it was priced: its validity has the same number of days, from that day on.
    /// </summary>
    /// <param name="zone">Where the buyer is.</param>
    public static Quotation GoingOut(Quotation quotation, DateTimeOffset now, TimeZoneInfo zone)
    {
        var lastDay = LastDay(now, DaysOf(quotation), zone);
        return quotation with
        {
            OfferedAt = now,
            ValidUntil = BusinessCalendar.EndOfDay(lastDay, zone),
            ValidOn = lastDay,
        };
    }

    /// <summary>For how many days it is valid after the day on which it goes out.</summary>
    public static int DaysOf(Quotation quotation) => (quotation.ValidUntil - quotation.OfferedAt).Days;

    /// <summary>A line's list price, rounded to the minor unit.</summary>
    public static Money LineTotal(QuotationLine line, Currency currency) =>
        new Money(line.Quantity * line.ListPrice, currency).Rounded();

    /// <summary>The sum of the lines.</summary>
    public static Money ListTotal(QuotationDraft draft) => draft.Lines.Aggregate(
        Money.Zero(draft.Currency), (sum, line) => sum + LineTotal(line, draft.Currency));

    /// <summary>
    /// When the buyer is reminded: at the opening of a business day before the offer ends. The moment of the offer
    /// itself when it is too short to be reminded of.
    /// </summary>
    public static DateTimeOffset RemindAt(Quotation quotation, Policy policy)
    {
        var zone = policy.Company.Zone();
        var day = BusinessCalendar.At(
            quotation.LastDay(policy).AddDays(-policy.Quotations.ReminderDaysBeforeExpiry),
            policy.Company.BusinessHours.Start,
            zone);
        var opening = BusinessCalendar.AddBusinessHours(day, 0, policy.Company.BusinessHours, zone);
        return opening > quotation.OfferedAt.AddDays(1) && opening < quotation.ValidUntil
            ? opening
            : quotation.OfferedAt;
    }

    private static DateOnly LastDay(DateTimeOffset from, int days, TimeZoneInfo zone) =>
        BusinessCalendar.DayOf(from, zone).AddDays(days);

    private static IReadOnlyList<string>? UnknownCosts(QuotationDraft draft) =>
        draft.Lines.All(line => line.UnitCost is not null)
            ? null
            : [.. draft.Lines.Where(line => line.UnitCost is null).Select(line => line.Sku).Distinct()];

    // Rounded down: a margin just below the floor must not be shown, or judged, as the floor.
    private static decimal? MarginPercent(QuotationDraft draft, Money total)
    {
        if (total.Amount == 0 || draft.Lines.Any(line => line.UnitCost is null))
        {
            return null;
        }

        var cost = draft.Lines.Sum(line => line.Quantity * line.UnitCost!.Value);
        return decimal.Round((total.Amount - cost) / total.Amount * 100m, 2, MidpointRounding.ToNegativeInfinity);
    }
}
