using System.Globalization;

namespace Workflows.Reviews;

/// <summary>One figure of a review, with what it means printed beside it.</summary>
/// <param name="Key">Stable, for machines, such as <c>period-conversion</c>.</param>
/// <param name="Value">Null where it would be a division by zero.</param>
/// <param name="Definition">The formula in words: two honest ones give two figures for the same month.</param>
public sealed record Kpi(string Key, string Name, KpiUnit Unit, decimal? Value, string Definition)
{
    /// <summary>ISO 4217 code of an amount of money; null for other units.</summary>
    public string? Currency { get; init; }

    /// <summary>For people, such as <c>USD 1,234.50</c>, <c>10.87%</c> or <c>n/a</c>.</summary>
    public string Text => Value is not { } value ? "n/a" : Unit switch
    {
        KpiUnit.Money => Trade.Money.Of(value, Currency!).ToString(),
        KpiUnit.Percent => value.ToString("0.##", CultureInfo.InvariantCulture) + "%",
        KpiUnit.Hours => value.ToString("0.#", CultureInfo.InvariantCulture) + " h",
        KpiUnit.Days => value.ToString("0.#", CultureInfo.InvariantCulture) + " days",
        _ => value.ToString("N0", CultureInfo.InvariantCulture),
    };
}

/// <summary>What a figure counts in.</summary>
public enum KpiUnit
{
    /// <summary>Things.</summary>
    Count,

    /// <summary>Per cent.</summary>
    Percent,

    /// <summary>Units of the base currency.</summary>
    Money,

    /// <summary>Hours by the clock.</summary>
    Hours,

    /// <summary>Calendar days.</summary>
    Days,
}
