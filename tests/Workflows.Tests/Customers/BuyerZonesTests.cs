using System.Globalization;
using Workflows.Customers;

namespace Workflows.Tests.Customers;

public sealed class BuyerZonesTests
{
    [Theory]
    [InlineData("GB", "Europe/London")]
    [InlineData("US", "America/New_York")]
    [InlineData("CA", "America/Toronto")]
    [InlineData("BR", "America/Sao_Paulo")]
    [InlineData("AU", "Australia/Sydney")]
    [InlineData("RU", "Europe/Moscow")]
    [InlineData("ID", "Asia/Jakarta")]
    [InlineData("KZ", "Asia/Almaty")]
    [InlineData("UA", "Europe/Kyiv")]
    [InlineData("AF", "Asia/Kabul")]
    [InlineData("BM", "Atlantic/Bermuda")]
    [InlineData("XK", "Europe/Belgrade")]
    public void A_buyer_works_in_the_zone_where_most_of_their_country_does(string country, string zone) =>
        Assert.Equal(zone, BuyerZones.Of(country, TimeZoneInfo.Utc).Id);

    [Fact]
    public void Every_country_that_this_machine_knows_has_a_zone()
    {
        // Reserved for parts of the United Kingdom and Spain, and assigned to no country.
        string[] reserved = ["DG", "EA", "IC"];
        var countries = CultureInfo.GetCultures(CultureTypes.SpecificCultures)
            .Select(culture => new RegionInfo(culture.Name).TwoLetterISORegionName)
            .Where(code => code.Length == 2 && code.All(char.IsAsciiLetterUpper))
            .Distinct()
            .Except(reserved)
            .ToList();
        var nowhere = TimeZoneInfo.CreateCustomTimeZone("nowhere", TimeSpan.Zero, "nowhere", "nowhere");

        Assert.True(countries.Count > 200, $"{countries.Count} countries");
        Assert.All(countries, country => Assert.NotSame(nowhere, BuyerZones.Of(country, nowhere)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("QQ")]
    public void A_country_that_is_none_has_the_companys_zone(string? country) =>
        Assert.Same(TimeZoneInfo.Utc, BuyerZones.Of(country, TimeZoneInfo.Utc));
}
