using System.Collections.Frozen;

namespace Workflows.Customers;

/// <summary>
/// The time zone in which a buyer most likely works, by country: that of the capital or of the largest trading city.
/// For countries of several zones it is a guess that moves a mail by hours, never a due date.
/// </summary>
public static class BuyerZones
{
    private const string Zones =
        "AE Asia/Dubai|AR America/Argentina/Buenos_Aires|AT Europe/Vienna|AU Australia/Sydney|AZ Asia/Baku|BD "
            + "Asia/Dhaka|" +
        "BE Europe/Brussels|BG Europe/Sofia|BH Asia/Bahrain|BO America/La_Paz|BR America/Sao_Paulo|BY Europe/Minsk|" +
        "CA America/Toronto|CH Europe/Zurich|CI Africa/Abidjan|CL America/Santiago|CM Africa/Douala|CN Asia/Shanghai|" +
        "CO America/Bogota|CR America/Costa_Rica|CY Asia/Nicosia|CZ Europe/Prague|DE Europe/Berlin|DK "
            + "Europe/Copenhagen|" +
        "DO America/Santo_Domingo|DZ Africa/Algiers|EC America/Guayaquil|EE Europe/Tallinn|EG Africa/Cairo|ES "
            + "Europe/Madrid|" +
        "ET Africa/Addis_Ababa|FI Europe/Helsinki|FR Europe/Paris|GB Europe/London|GE Asia/Tbilisi|GH Africa/Accra|" +
        "GR Europe/Athens|GT America/Guatemala|HK Asia/Hong_Kong|HR Europe/Zagreb|HU Europe/Budapest|ID Asia/Jakarta|" +
        "IE Europe/Dublin|IL Asia/Jerusalem|IN Asia/Kolkata|IQ Asia/Baghdad|IS Atlantic/Reykjavik|IT Europe/Rome|" +
        "JO Asia/Amman|JP Asia/Tokyo|KE Africa/Nairobi|KH Asia/Phnom_Penh|KR Asia/Seoul|KW Asia/Kuwait|KZ Asia/Almaty|" +
        "LB Asia/Beirut|LK Asia/Colombo|LT Europe/Vilnius|LU Europe/Luxembourg|LV Europe/Riga|MA Africa/Casablanca|" +
        "MM Asia/Yangon|MT Europe/Malta|MU Indian/Mauritius|MX America/Mexico_City|MY Asia/Kuala_Lumpur|NG "
            + "Africa/Lagos|" +
        "NL Europe/Amsterdam|NO Europe/Oslo|NP Asia/Kathmandu|NZ Pacific/Auckland|OM Asia/Muscat|PA America/Panama|" +
        "PE America/Lima|PH Asia/Manila|PK Asia/Karachi|PL Europe/Warsaw|PT Europe/Lisbon|PY America/Asuncion|QA "
            + "Asia/Qatar|" +
        "RO Europe/Bucharest|RS Europe/Belgrade|RU Europe/Moscow|SA Asia/Riyadh|SE Europe/Stockholm|SG Asia/Singapore|" +
        "SI Europe/Ljubljana|SK Europe/Bratislava|SN Africa/Dakar|TH Asia/Bangkok|TN Africa/Tunis|TR Europe/Istanbul|" +
        "TW Asia/Taipei|TZ Africa/Dar_es_Salaam|UA Europe/Kyiv|UG Africa/Kampala|US America/New_York|UY "
            + "America/Montevideo|" +
        "UZ Asia/Tashkent|VE America/Caracas|VN Asia/Ho_Chi_Minh|ZA Africa/Johannesburg|ZM Africa/Lusaka|ZW "
            + "Africa/Harare";

    private static readonly FrozenDictionary<string, string> ByCountry = Zones.Split('|')
        .Select(entry => entry.Split(' '))
        .ToFrozenDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);

    /// <summary>
    /// The buyer's zone; the given one for a country that is unknown, or a zone that this machine does not have.
    /// </summary>
    /// <param name="country">ISO 3166-1 alpha-2.</param>
    /// <param name="otherwise">The company's zone.</param>
    public static TimeZoneInfo Of(string? country, TimeZoneInfo otherwise) =>
        country is not null
        && ByCountry.TryGetValue(country, out var id)
        && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone)
            ? zone
            : otherwise;
}
