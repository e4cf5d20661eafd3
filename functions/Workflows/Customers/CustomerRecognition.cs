using Workflows.Platform;

namespace Workflows.Customers;

/// <summary>The customer that a buyer's inquiry belongs to.</summary>
/// <param name="Namesake">
/// Another customer at the same mail domain, whose name is clearly another one: a person must say whether they are one
/// company. Null is no question.
/// </param>
public sealed record BuyerCustomer(Customer Customer, Customer? Namesake);

/// <summary>
/// Finds a buyer's company, or writes it at its first inquiry. Ids follow from keys, so that two inquiries at once make
/// one customer. Two firms that share a domain are never made one without a person's word.
/// </summary>
public static class CustomerRecognition
{
    /// <summary>The customer of a buyer; a second run finds the same one.</summary>
    public static async Task<BuyerCustomer> FindOrCreateAsync(
        ITableStore tables, Buyer buyer, BuyerIdentity identity, string? language, DateTimeOffset now,
        CancellationToken cancellation)
    {
        if (identity.Domain is null && await OfBeforeAsync(tables, buyer, identity, cancellation) is { } before)
        {
            return new BuyerCustomer(before, Namesake: null);
        }

        var customer = await CustomerRepository.KeepAsync(tables, FileOf(identity.Key), cancellation);
        if (identity.Domain is null || buyer.Company is not { } company)
        {
            return new BuyerCustomer(customer, Namesake: null);
        }

        if (customer.KnownCompany is not { } known)
        {
            var named = await CustomerRepository.ChangeAsync(
                tables, customer.Id, file => file.Company is null ? file with { Company = company } : file,
                cancellation);
            return new BuyerCustomer(named ?? customer, Namesake: null);
        }

        if (!CompanyName.AreClearlyDifferent(known, company))
        {
            return new BuyerCustomer(customer, Namesake: null);
        }

        var another = FileOf($"{identity.Key}|{CompanyName.Key(company)}");
        return new BuyerCustomer(await CustomerRepository.KeepAsync(tables, another, cancellation), customer);

        Customer FileOf(string key) => new(
            CustomerRepository.IdFor(key), key, buyer.Company ?? buyer.Name, buyer.Country, language, identity.Email,
            Customer.StandardSegment, now)
        { Company = buyer.Company };
    }

    // Before a domain was known for a provider's it made one customer, who stays that of its own buyer and company.
    private static async Task<Customer?> OfBeforeAsync(
        ITableStore tables, Buyer buyer, BuyerIdentity identity, CancellationToken cancellation)
    {
        var domain = identity.Email[(identity.Email.LastIndexOf('@') + 1)..];
        return await CustomerRepository.FindAsync(tables, CustomerRepository.IdFor(domain), cancellation) is { } known
            && (known.Email == identity.Email
                || buyer.Company is { } company && CompanyName.Key(company) == CompanyName.Key(known.Name))
            ? known
            : null;
    }
}
