using System.Globalization;
using Workflows.Policies;
using Workflows.Sweeps;

namespace Workflows.Tests.Sweeps;

/// <summary>
/// The default company works from Monday to Friday, 08:30 to 17:30 in Shanghai, eight hours ahead of UTC.
/// </summary>
public class SweepPeriodsTests
{
    private static readonly CompanyPolicy Company = PolicyLoader.Default().Company;

    [Theory]
    [InlineData("2026-11-23T00:29:59Z", null, null)]
    [InlineData("2026-11-23T00:30:00Z", "2026-11-23", "2026-11-23T08")]
    [InlineData("2026-11-23T09:29:59Z", "2026-11-23", "2026-11-23T17")]
    [InlineData("2026-11-23T09:30:00Z", null, null)]
    [InlineData("2026-11-22T03:00:00Z", null, null)]
    [InlineData("2026-10-01T03:00:00Z", null, null)]
    public void Periods_are_of_the_hours_in_which_people_work(string utc, string? day, string? hour)
    {
        var moment = DateTimeOffset.Parse(utc, CultureInfo.InvariantCulture);

        Assert.Equal((day, hour), (SweepPeriods.Day(moment, Company), SweepPeriods.Hour(moment, Company)));
    }
}
