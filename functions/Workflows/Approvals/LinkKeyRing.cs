namespace Workflows.Approvals;

/// <summary>A secret that approval links are made with.</summary>
/// <param name="Id">Short and public; kept with each link.</param>
/// <param name="Secret">At least 32 random bytes; never stored or logged by the business.</param>
public sealed record LinkKey(string Id, ReadOnlyMemory<byte> Secret)
{
    /// <summary>The id alone: a key must not get into a log by being printed.</summary>
    public override string ToString() => $"LinkKey {Id}";
}

/// <summary>
/// The keys of approval links, supplied by the home. The first one makes new links, the others still honour old ones; a
/// link whose key was taken out is unknown from then on.
/// </summary>
public sealed class LinkKeyRing
{
    private const int ShortestSecret = 32;

    private readonly Dictionary<string, LinkKey> _keys;

    /// <summary>Builds a ring.</summary>
    /// <exception cref="ArgumentException">There is no key, an id is used twice, or a secret is short.</exception>
    public LinkKeyRing(IReadOnlyList<LinkKey> keys)
    {
        if (keys.Count == 0 || keys.Any(key => key.Id.Length == 0 || key.Secret.Length < ShortestSecret))
        {
            throw new ArgumentException(
                $"A key ring has keys with an id and at least {ShortestSecret} bytes.", nameof(keys));
        }

        _keys = keys.ToDictionary(key => key.Id, StringComparer.Ordinal);
        Current = keys[0];
    }

    /// <summary>Makes new links.</summary>
    public LinkKey Current { get; }

    /// <summary>A key that is still honoured, or null.</summary>
    public LinkKey? Find(string id) => _keys.GetValueOrDefault(id);
}
