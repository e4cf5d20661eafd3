using System.Collections.Frozen;
using NodaTime.TimeZones;

namespace Workflows.Customers;

/// <summary>
/// The time zone in which a buyer most likely works, by country, as the tz database places them. In a country of
/// several zones it is the zone of the capital or of the largest trading city, whichever has more people: a guess that
/// moves a mail by hours, never a due date.
/// </summary>
public static class BuyerZones
{
    // Where the database lists another zone first than the one that most people of the country live in.
    private static readonly FrozenDictionary<string, string> Chosen = new Dictionary<string, string>
    {
        ["AU"] = "Australia/Sydney",
        ["BR"] = "America/Sao_Paulo",
        ["CA"] = "America/Toronto",
        ["FM"] = "Pacific/Pohnpei",
        ["RU"] = "Europe/Moscow",
        ["UA"] = "Europe/Kyiv",
        ["UZ"] = "Asia/Tashkent",
        ["XK"] = "Europe/Belgrade",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> ByCountry = TzdbDateTimeZoneSource.Default.ZoneLocations!
        .GroupBy(location => location.CountryCode, location => location.ZoneId)
        .ToDictionary(country => country.Key, country => country.First())
        .Concat(Chosen)
        .GroupBy(entry => entry.Key, entry => entry.Value)
        .ToFrozenDictionary(country => country.Key, country => country.Last(), StringComparer.Ordinal);

    /// <summary>
    /// The buyer's zone; the given one for a country that is unknown, or a zone that this machine does not have.
    /// </summary>
    /// <param name="country">ISO 3166-1 alpha-2, or XK.</param>
    /// <param name="otherwise">The company's zone.</param>
    public static TimeZoneInfo Of(string? country, TimeZoneInfo otherwise) =>
        country is not null
        && ByCountry.TryGetValue(country, out var id)
        && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone)
            ? zone
            : otherwise;
}
