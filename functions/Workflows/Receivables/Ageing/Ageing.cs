using System.Text.Json.Serialization;
using Workflows.Trade;

namespace Workflows.Receivables.Ageing;

/// <summary>
/// What is open by how late it is, at the end of a day. Not due is everything whose due date is that day or later;
/// what has no due date yet is not aged, and customers' balance stands in its own column: neither is netted.
/// </summary>
/// <param name="NotAnchored">Its due date is not known yet.</param>
/// <param name="NotDue">Due on the day or later.</param>
/// <param name="Days1To30">1 to 30 days overdue, and so on.</param>
/// <param name="Balance">Customers' money that we hold. Its published name stays.</param>
/// <param name="Disputed">How much of the open amounts is in dispute.</param>
public sealed record AgeingFigures(
    Money NotAnchored,
    Money NotDue,
    Money Days1To30,
    Money Days31To60,
    Money Days61To90,
    Money Over90,
    [property: JsonPropertyName("advances")] Money Balance,
    Money Disputed)
{
    /// <summary>Nothing, in a currency.</summary>
    public static AgeingFigures None(Currency currency)
    {
        var zero = Money.Zero(currency);
        return new AgeingFigures(zero, zero, zero, zero, zero, zero, zero, zero);
    }

    /// <summary>Everything overdue.</summary>
    public Money Overdue => Days1To30 + Days31To60 + Days61To90 + Over90;

    /// <summary>Everything that has a due date.</summary>
    public Money Due => NotDue + Overdue;

    /// <summary>Everything that is open.</summary>
    public Money Open => NotAnchored + Due;

    /// <summary>Adds figures of one currency.</summary>
    /// <exception cref="InvalidOperationException">The currencies differ.</exception>
    public static AgeingFigures operator +(AgeingFigures left, AgeingFigures right) => new(
        left.NotAnchored + right.NotAnchored,
        left.NotDue + right.NotDue,
        left.Days1To30 + right.Days1To30,
        left.Days31To60 + right.Days31To60,
        left.Days61To90 + right.Days61To90,
        left.Over90 + right.Over90,
        left.Balance + right.Balance,
        left.Disputed + right.Disputed);
}

/// <summary>The figures of a currency.</summary>
public sealed record CurrencyAgeing(Currency Currency, AgeingFigures Figures);

/// <summary>The figures of a salesperson, a region or a customer, in the base currency.</summary>
/// <param name="Id">Of the salesperson, region or customer.</param>
/// <param name="Name">For readers; a customer's is hostile text.</param>
public sealed record ScopeAgeing(string Id, string Name, AgeingFigures Figures);

/// <summary>Receivables as of the end of a day.</summary>
/// <param name="AsOf">In the company's zone.</param>
/// <param name="ByCurrency">Each currency by itself, by code.</param>
/// <param name="Base">All of it in the base currency by the policy's rates.</param>
/// <param name="Unconverted">Currencies without a rate: missing from every figure in the base currency.</param>
/// <param name="Invoices">How many are open.</param>
public sealed record AgeingSheet(
    DateOnly AsOf,
    IReadOnlyList<CurrencyAgeing> ByCurrency,
    AgeingFigures Base,
    IReadOnlyList<Currency> Unconverted,
    IReadOnlyList<ScopeAgeing> BySalesperson,
    IReadOnlyList<ScopeAgeing> ByRegion,
    IReadOnlyList<ScopeAgeing> ByCustomer,
    int Invoices);
