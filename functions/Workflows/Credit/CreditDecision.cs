using System.Text.Json.Serialization;
using Workflows.Orders;
using Workflows.Trade;

namespace Workflows.Credit;

/// <summary>What credit is checked for.</summary>
/// <param name="OrderTotal">All of it, prepaid parts included.</param>
/// <param name="Instalments">Its payment schedule; their amounts sum to the total.</param>
public sealed record CreditInput(
    DealId Deal,
    CustomerId Customer,
    Money OrderTotal,
    IReadOnlyList<Instalment> Instalments,
    CreditCheckPoint Point);

/// <summary>When credit is checked.</summary>
public enum CreditCheckPoint
{
    /// <summary>Before an order is confirmed.</summary>
    Order,

    /// <summary>Again before its goods leave.</summary>
    Shipment,
}

/// <summary>What the rules say.</summary>
/// <param name="Exposure">In the limit's currency.</param>
/// <param name="OverBy">How far the exposure is over the limit; zero when it is not.</param>
/// <param name="Reasons">For people: each rule that spoke.</param>
public sealed record CreditDecision(
    CreditOutcome Outcome, Exposure Exposure, Money Limit, Money OverBy, IReadOnlyList<string> Reasons);

/// <summary>Whether an order may go on.</summary>
public enum CreditOutcome
{
    /// <summary>It may.</summary>
    Cleared,

    /// <summary>An approver must decide.</summary>
    NeedsApproval,
}

/// <summary>What is at risk with a customer, in one currency by the policy's rates, to the minor unit.</summary>
/// <param name="OpenInvoices">Unpaid invoices whose due date is known.</param>
/// <param name="UnbilledOrders">Confirmed orders as far as no due date is known yet, without this one.</param>
/// <param name="ThisOrder">What the order that is checked adds.</param>
/// <param name="Balance">Money of theirs that we hold; reduces the total. Its published name stays.</param>
public sealed record Exposure(
    Money OpenInvoices,
    Money UnbilledOrders,
    Money ThisOrder,
    [property: JsonPropertyName("advances")] Money Balance)
{
    /// <summary>All of it; never below zero.</summary>
    public Money Total
    {
        get
        {
            var sum = OpenInvoices + UnbilledOrders + ThisOrder - Balance;
            return sum.Amount < 0 ? Money.Zero(sum.Currency) : sum;
        }
    }
}
