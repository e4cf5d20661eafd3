using System.Text.Json;
using Workflows.Platform;
using Workflows.Trade;

namespace Workflows.Tests.Trade;

public sealed class MoneyTests
{
    [Fact]
    public void Sums_never_mix_currencies()
    {
        var (dollars, euros) = (Money.Of(1, "USD"), Money.Of(1, "EUR"));
        Assert.Throws<InvalidOperationException>(() => dollars + euros);
        Assert.Throws<InvalidOperationException>(() => dollars - euros);
        Assert.Throws<InvalidOperationException>(() => dollars < euros);
    }

    [Theory]
    [InlineData("USD", 2.345, 2.35)]
    [InlineData("USD", 2.335, 2.34)]
    [InlineData("JPY", 2.5, 3)]
    [InlineData("KWD", 2.3455, 2.346)]
    [InlineData("USD", -2.345, -2.35)]
    public void Amounts_round_half_away_from_zero_to_the_minor_unit(string currency, decimal amount, decimal rounded) =>
        Assert.Equal(rounded, Money.Of(amount, currency).Rounded().Amount);

    [Theory]
    [InlineData("eur")]
    [InlineData("EURO")]
    [InlineData("XXX")]
    [InlineData("\u0415UR")]
    [InlineData("")]
    [InlineData(null)]
    public void A_code_that_is_no_currency_is_refused(string? code) => Assert.False(Currency.TryParse(code, out _));

    [Theory]
    [InlineData("USD", 1234.5, """{"amount":"1234.50","currency":"USD"}""")]
    [InlineData("JPY", 1234, """{"amount":"1234","currency":"JPY"}""")]
    [InlineData("KWD", 1.5, """{"amount":"1.500","currency":"KWD"}""")]
    public void Money_is_written_as_text_with_its_currency_and_read_back(string currency, decimal amount, string json)
    {
        var money = Money.Of(amount, currency);
        Assert.Equal(json, JsonSerializer.Serialize(money, DurableJson.Options));
        Assert.Equal(money, JsonSerializer.Deserialize<Money>(json, DurableJson.Options));
    }

    [Theory]
    [InlineData("""{"amount":12.5,"currency":"USD"}""")]
    [InlineData("""{"amount":"1,5","currency":"USD"}""")]
    [InlineData("""{"amount":"12.50"}""")]
    [InlineData("\"12.50 USD\"")]
    public void Anything_else_is_not_money(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Money>(json, DurableJson.Options));
}
