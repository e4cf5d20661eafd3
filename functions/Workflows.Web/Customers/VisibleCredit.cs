using Workflows.Credit;
using Workflows.Trade;
using Workflows.Web.Hosting.Rows;

namespace Workflows.Web.Customers;

/// <summary>
/// A customer's credit as a person sees it. Its sums count all that is at risk, because a limit is the customer's as a
/// whole; the single amounts of deals out of the person's sight are left out.
/// </summary>
internal sealed class VisibleCredit(CreditReport report, RowOwners owners)
{
    /// <summary>How a customer stands; null when there is no such customer, or they are out of sight.</summary>
    public async Task<CreditStanding?> ForAsync(CustomerId id, RowRights rights, CancellationToken cancellation)
    {
        if (!rights.SeesAll && !rights.Sees(await owners.OfCustomerAsync(id, cancellation)))
        {
            return null;
        }

        var standing = await report.ForAsync(id, cancellation);
        return standing is null || rights.SeesAll
            ? standing
            : await WithoutOthersAsync(standing, rights, cancellation);
    }

    private async Task<CreditStanding> WithoutOthersAsync(
        CreditStanding standing, RowRights rights, CancellationToken cancellation)
    {
        var deals = standing.Items.Select(item => item.Deal)
            .Concat(standing.Grants.Select(grant => grant.Deal))
            .Concat(standing.Defaults.Select(debt => debt.Deal))
            .Distinct();
        var seen = new HashSet<DealId>();
        foreach (var deal in deals)
        {
            if (rights.Sees(await owners.OfDealAsync(deal, cancellation)))
            {
                seen.Add(deal);
            }
        }

        var hidden = await HiddenInvoicesAsync(standing, rights, cancellation);
        return standing with
        {
            Items = [.. standing.Items.Where(item => seen.Contains(item.Deal))],
            Grants = [.. standing.Grants.Where(grant => seen.Contains(grant.Deal))],
            Defaults = [.. standing.Defaults.Where(debt => seen.Contains(debt.Deal))],
            Balances = [.. standing.Balances.Where(balance => !hidden.Contains(balance.Invoice))],
            Customer = standing.Customer with
            {
                Holds = [.. standing.Customer.Holds.Where(hold => hold.Invoice is not { } by || !hidden.Contains(by))],
            },
        };
    }

    private async Task<HashSet<InvoiceId>> HiddenInvoicesAsync(
        CreditStanding standing, RowRights rights, CancellationToken cancellation)
    {
        var invoices = standing.Balances.Select(balance => balance.Invoice)
            .Concat(standing.Customer.Holds.Select(hold => hold.Invoice).OfType<InvoiceId>())
            .Distinct();
        var hidden = new HashSet<InvoiceId>();
        foreach (var invoice in invoices)
        {
            if (!rights.Sees(await owners.OfInvoiceAsync(invoice, cancellation)))
            {
                hidden.Add(invoice);
            }
        }

        return hidden;
    }
}
