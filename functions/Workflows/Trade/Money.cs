using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Workflows.Trade;

/// <summary>
/// An amount in a currency. Sums never mix currencies: adding two is a fault, converting is a decision with a rate.
/// Written as <c>{"amount":"1234.50","currency":"USD"}</c>.
/// </summary>
/// <param name="Amount">In units of the currency, not in minor units.</param>
/// <param name="Currency">ISO 4217.</param>
[JsonConverter(typeof(MoneyConverter))]
public readonly record struct Money(decimal Amount, Currency Currency) : IComparable<Money>
{
    /// <summary>How many decimals below the minor unit the price of one unit may have.</summary>
    public const int PriceDecimals = 4;

    /// <summary>Nothing, in a currency.</summary>
    public static Money Zero(Currency currency) => new(0, currency);

    /// <summary>Builds an amount from a code. For policies and tests.</summary>
    /// <exception cref="FormatException">The code is no currency in use.</exception>
    public static Money Of(decimal amount, string currency) => new(amount, Currency.Parse(currency));

    /// <summary>Whether the amount is at most as fine as the currency's minor unit.</summary>
    public bool IsWhole => decimal.Round(Amount, Currency.MinorUnits) == Amount;

    /// <summary>Rounded half away from zero to the currency's minor unit, as invoices are.</summary>
    public Money Rounded() =>
        this with { Amount = decimal.Round(Amount, Currency.MinorUnits, MidpointRounding.AwayFromZero) };

    /// <summary>A share in per cent, rounded to the minor unit.</summary>
    public Money Percent(decimal percent) => new Money(Amount * percent / 100m, Currency).Rounded();

    /// <summary>Adds amounts of one currency.</summary>
    /// <exception cref="InvalidOperationException">The currencies differ.</exception>
    public static Money operator +(Money left, Money right) =>
        new(left.Amount + right.Same(left).Amount, left.Currency);

    /// <summary>Subtracts amounts of one currency.</summary>
    /// <exception cref="InvalidOperationException">The currencies differ.</exception>
    public static Money operator -(Money left, Money right) =>
        new(left.Amount - right.Same(left).Amount, left.Currency);

    /// <summary>Multiplies, unrounded.</summary>
    public static Money operator *(Money money, decimal factor) => money with { Amount = money.Amount * factor };

    /// <inheritdoc cref="CompareTo"/>
    public static bool operator <(Money left, Money right) => left.CompareTo(right) < 0;

    /// <inheritdoc cref="CompareTo"/>
    public static bool operator >(Money left, Money right) => left.CompareTo(right) > 0;

    /// <inheritdoc cref="CompareTo"/>
    public static bool operator <=(Money left, Money right) => left.CompareTo(right) <= 0;

    /// <inheritdoc cref="CompareTo"/>
    public static bool operator >=(Money left, Money right) => left.CompareTo(right) >= 0;

    /// <summary>Compares amounts of one currency.</summary>
    /// <exception cref="InvalidOperationException">The currencies differ.</exception>
    public int CompareTo(Money other) => Amount.CompareTo(other.Same(this).Amount);

    /// <summary>For people: <c>USD 1,234.50</c>, with the minor unit's places.</summary>
    public override string ToString() =>
        $"{Currency.Code} {Amount.ToString("N" + Currency.MinorUnits, CultureInfo.InvariantCulture)}";

    /// <summary>For people, where it is the price of one unit: <c>USD 0.0125</c>, as fine as it is.</summary>
    public string ToPriceText() => $"{Currency.Code} {PriceNumber}";

    /// <summary>The same without the currency.</summary>
    public string PriceNumber => Amount.ToString(
        "#,0" + (Currency.MinorUnits > 0 ? "." + new string('0', Currency.MinorUnits) : ".") + "########",
        CultureInfo.InvariantCulture);

    /// <summary>The amount as machines write it: <c>1234.50</c>.</summary>
    public string AmountText =>
        Amount.ToString("F" + Math.Max(Currency.MinorUnits, Amount.Scale), CultureInfo.InvariantCulture);

    private Money Same(Money other) => Currency == other.Currency
        ? this
        : throw new InvalidOperationException($"{Currency} and {other.Currency} do not mix.");

    private sealed class MoneyConverter : JsonConverter<Money>
    {
        public override Money Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
        {
            using var document = JsonDocument.ParseValue(ref reader);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object
                || !root.TryGetProperty("amount", out var amount) || amount.ValueKind != JsonValueKind.String
                || !root.TryGetProperty("currency", out var code) || code.ValueKind != JsonValueKind.String
                || !decimal.TryParse(
                    amount.GetString(),
                    NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
                    CultureInfo.InvariantCulture,
                    out var value)
                || !Currency.TryParse(code.GetString(), out var currency))
            {
                throw new JsonException("""Money is written {"amount":"1234.50","currency":"USD"}.""");
            }

            return new Money(value, currency);
        }

        public override void Write(Utf8JsonWriter writer, Money value, JsonSerializerOptions options)
        {
            writer.WriteStartObject();
            writer.WriteString("amount", value.AmountText);
            writer.WriteString("currency", value.Currency.Code);
            writer.WriteEndObject();
        }
    }
}
