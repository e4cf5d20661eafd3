using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Workflows.Trade;

/// <summary>
/// A currency in use, by its ISO 4217 code. Codes for metals, tests and "no currency" are not currencies here.
/// </summary>
[JsonConverter(typeof(CurrencyConverter))]
public readonly record struct Currency
{
    private const string TwoDecimals =
        "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP " +
        "CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR " +
        "IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN "
            + "NAD " +
        "NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN "
            + "SVC " +
        "SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD YER ZAR ZMW ZWG";

    private const string NoDecimals = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF";

    private const string ThreeDecimals = "BHD IQD JOD KWD LYD OMR TND";

    private static readonly FrozenDictionary<string, int> Known = Parse(TwoDecimals, 2)
        .Concat(Parse(NoDecimals, 0)).Concat(Parse(ThreeDecimals, 3))
        .ToFrozenDictionary(StringComparer.Ordinal);

    private Currency(string code) => Code = code;

    /// <summary>Three capital letters.</summary>
    public string Code { get; }

    /// <summary>
    /// Decimal places of the minor unit: 2 for most, 0 for yen and won, 3 for some dinars and the rial Omani.
    /// </summary>
    public int MinorUnits => Known[Code];

    /// <summary>Reads a code exactly as ISO writes it.</summary>
    public static bool TryParse(string? code, out Currency currency)
    {
        var known = code is not null && Known.ContainsKey(code);
        currency = known ? new Currency(code!) : default;
        return known;
    }

    /// <summary>Reads a code exactly as ISO writes it.</summary>
    /// <exception cref="FormatException">It is no currency in use.</exception>
    public static Currency Parse(string code) =>
        TryParse(code, out var currency) ? currency : throw new FormatException("Not an ISO 4217 currency in use.");

    /// <summary>The code.</summary>
    public override string ToString() => Code;

    private static IEnumerable<KeyValuePair<string, int>> Parse(string codes, int minorUnits) =>
        codes.Split(' ').Select(code => KeyValuePair.Create(code, minorUnits));

    private sealed class CurrencyConverter : JsonConverter<Currency>
    {
        public override Currency Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            TryParse(reader.GetString(), out var currency)
                ? currency
                : throw new JsonException("Not an ISO 4217 currency in use.");

        public override void Write(Utf8JsonWriter writer, Currency value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Code);
    }
}
