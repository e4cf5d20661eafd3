using Workflows.Credit;
using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Receivables.Ageing;

/// <summary>How receivables age. Pure: the same rows and day give the same sheet.</summary>
public static class AgeingRule
{
    /// <summary>What was open of an invoice at the end of a day, by what counted and was known.</summary>
    public static Money OpenOn(Invoice invoice, AgeingDate date)
    {
        var booked = invoice.Movements.Where(
            moved => moved.BookedOn <= date.Day && (moved.KnownOn ?? moved.BookedOn) <= date.Known);
        return new Money(
            Math.Max(0, invoice.Amount.Amount - booked.Sum(moved => moved.Amount.Amount)), invoice.Amount.Currency);
    }

    /// <summary>The column of an open amount.</summary>
    public static AgeingFigures Of(Money open, Money disputed, DateOnly? due, DateOnly asOf)
    {
        var figures = AgeingFigures.None(open.Currency) with { Disputed = disputed > open ? open : disputed };
        return (asOf.DayNumber - due?.DayNumber) switch
        {
            null => figures with { NotAnchored = open },
            <= 0 => figures with { NotDue = open },
            <= 30 => figures with { Days1To30 = open },
            <= 60 => figures with { Days31To60 = open },
            <= 90 => figures with { Days61To90 = open },
            _ => figures with { Over90 = open },
        };
    }

    /// <summary>The sheet of a day.</summary>
    /// <param name="invoices">All that were open at its end; others are left out.</param>
    public static AgeingSheet Sheet(
        IReadOnlyList<Invoice> invoices, IReadOnlyList<CustomerBalance> balances, AgeingDate date, Policy policy)
    {
        var rows = invoices.Where(invoice => policy.Company.DayOf(invoice.IssuedAt) <= date.Day)
            .Select(invoice => Row.Of(invoice, date))
            .Where(row => row.Figures.Open.Amount > 0).ToList();
        var all = rows.Concat(
            balances.Select(balance => Row.Of(balance, date)).Where(row => row.Figures.Balance.Amount > 0))
            .ToList();
        var byCurrency = all.GroupBy(row => row.Currency).OrderBy(group => group.Key.Code, StringComparer.Ordinal)
            .Select(group => new CurrencyAgeing(group.Key, Sum(group.Select(row => row.Figures), group.Key))).ToList();
        var converted = all.Select(row => row.In(policy.Company)).OfType<Row>().ToList();
        return new AgeingSheet(
            date.Day,
            byCurrency,
            Sum(converted.Select(row => row.Figures), policy.Company.BaseCurrency),
            [.. byCurrency.Select(group => group.Currency)
                .Where(currency => policy.Company.Convert(Money.Zero(currency), policy.Company.BaseCurrency) is null)],
            Scopes(converted, row => row.Owner.Value, row => policy.NameOf(row.Owner), policy),
            Scopes(
                converted, row => row.Region,
                row => policy.Regions.FirstOrDefault(region => region.Id == row.Region)?.Name ?? row.Region, policy),
            Scopes(converted, row => row.Customer.Value, row => row.Payer, policy),
            rows.Count);
    }

    private static List<ScopeAgeing> Scopes(
        List<Row> rows, Func<Row, string> id, Func<Row, string> name, Policy policy) =>
        [.. rows.GroupBy(id)
            .Select(group => new ScopeAgeing(
                group.Key,
                name(group.FirstOrDefault(row => row.Payer.Length > 0) ?? group.First()),
                Sum(group.Select(row => row.Figures), policy.Company.BaseCurrency)))
            .OrderByDescending(scope => scope.Figures.Overdue)
            .ThenByDescending(scope => scope.Figures.Open)
            .ThenBy(scope => scope.Id, StringComparer.Ordinal)];

    private static AgeingFigures Sum(IEnumerable<AgeingFigures> figures, Currency currency) =>
        figures.Aggregate(AgeingFigures.None(currency), (sum, next) => sum + next);

    private sealed record Row(
        StaffId Owner, string Region, CustomerId Customer, string Payer, Currency Currency, AgeingFigures Figures)
    {
        public static Row Of(Invoice invoice, AgeingDate date)
        {
            var then = InvoiceVersions.On(invoice, date.Day);
            return new Row(
                then.Owner,
                invoice.Region,
                invoice.Customer,
                invoice.BillTo.Payer,
                invoice.Amount.Currency,
                AgeingRule.Of(OpenOn(invoice, date), then.Disputed, then.Due, date.Day));
        }

        public static Row Of(CustomerBalance balance, AgeingDate date) => new(
            balance.Owner,
            balance.Region,
            balance.Customer,
            "",
            balance.Amount.Currency,
            AgeingFigures.None(balance.Amount.Currency) with
            {
                Balance = balance.KnownOn > date.Known ? Money.Zero(balance.Amount.Currency)
                    : balance.RemainingOn(date.Day),
            });

        public Row? In(CompanyPolicy company)
        {
            return company.Convert(Money.Zero(Currency), company.BaseCurrency) is null
                ? null
                : this with
                {
                    Currency = company.BaseCurrency,
                    Figures = new AgeingFigures(
                        To(Figures.NotAnchored),
                        To(Figures.NotDue),
                        To(Figures.Days1To30),
                        To(Figures.Days31To60),
                        To(Figures.Days61To90),
                        To(Figures.Over90),
                        To(Figures.Balance),
                        To(Figures.Disputed)),
                };

            Money To(Money money) => company.Convert(money, company.BaseCurrency)!.Value;
        }
    }
}
