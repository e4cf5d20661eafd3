

namespace Workflows.Customers;

/// <summary>Which buyer it is, however they wrote their address.</summary>
/// <param name="Email">In lower case and without a +tag.</param>
/// <param name="Domain">The company's mail domain; null for a provider's (<see cref="MailProviders"/>).</param>
/// <param name="Key">The same for all people of one company: the domain, or the address where many share it.</param>
public sealed record BuyerIdentity(string Email, string? Domain, string Key)
{
    /// <summary>Reads a buyer's address, which was checked at the door.</summary>
    /// <param name="freeMailDomains">The policy's own, besides those that the product knows.</param>
    public static BuyerIdentity Of(Buyer buyer, IReadOnlyCollection<string> freeMailDomains)
    {
        var address = buyer.Email.Trim().ToLowerInvariant();
        var at = address.LastIndexOf('@');
        if (at < 0)
        {
            return new BuyerIdentity(address, null, address);
        }

        var local = address[..at];
        var domain = address[(at + 1)..].TrimEnd('.');
        var plus = local.IndexOf('+', StringComparison.Ordinal);
        var email = (plus > 0 ? local[..plus] : local) + "@" + domain;
        return MailProviders.Includes(domain, freeMailDomains)
            ? new BuyerIdentity(email, null, email)
            : new BuyerIdentity(email, domain, domain);
    }
}
