using System.Collections.Frozen;

namespace Workflows.Customers;

/// <summary>
/// The mail domains that many firms and people share, in <c>mail-providers.txt</c>: none of them names a company. A
/// policy adds its own.
/// </summary>
public static class MailProviders
{
    private static readonly FrozenSet<string> Domains = Read().ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Every domain, in small letters.</summary>
    public static IReadOnlySet<string> All => Domains;

    /// <summary>Whether a domain names no company.</summary>
    /// <param name="domain">In small letters.</param>
    /// <param name="more">Those of the policy.</param>
    public static bool Includes(string domain, IReadOnlyCollection<string> more) =>
        Domains.Contains(domain) || more.Contains(domain, StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<string> Read()
    {
        using var stream = typeof(MailProviders).Assembly
            .GetManifestResourceStream("Workflows.Customers.mail-providers.txt")!;
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.Trim() is { Length: > 0 } domain && domain[0] != '#')
            {
                yield return domain;
            }
        }
    }
}
