using System.Globalization;

namespace Workflows.Calendars;

/// <summary>A calendar month, written <c>yyyy-MM</c>.</summary>
/// <param name="Year">1 to 9999.</param>
/// <param name="Number">1 is January.</param>
public readonly record struct Month(int Year, int Number) : IComparable<Month>
{
    /// <summary>The first day.</summary>
    public DateOnly FirstDay => new(Year, Number, 1);

    /// <summary>The last day.</summary>
    public DateOnly LastDay => FirstDay.AddMonths(1).AddDays(-1);

    /// <summary>The month after.</summary>
    public Month Next => AddMonths(1);

    /// <summary>The month before.</summary>
    public Month Previous => AddMonths(-1);

    /// <summary>So many months later, or earlier when negative.</summary>
    public Month AddMonths(int months) => Of(FirstDay.AddMonths(months));

    /// <summary>The month of a day.</summary>
    public static Month Of(DateOnly day) => new(day.Year, day.Month);

    /// <summary>
    /// Reads exactly <c>yyyy-MM</c>, from 1900 to 9000: beyond, a month has no neighbours or no time in every zone.
    /// </summary>
    public static bool TryParse(string? text, out Month month)
    {
        var read = DateOnly.TryParseExact(
            text + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && day.Year is >= 1900 and <= 9000;
        month = read ? Of(day) : default;
        return read;
    }

    /// <inheritdoc/>
    public int CompareTo(Month other) => FirstDay.CompareTo(other.FirstDay);

    /// <inheritdoc cref="CompareTo"/>
    public static bool operator <(Month left, Month right) => left.CompareTo(right) < 0;

    /// <inheritdoc cref="CompareTo"/>
    public static bool operator >(Month left, Month right) => left.CompareTo(right) > 0;

    /// <inheritdoc cref="CompareTo"/>
    public static bool operator <=(Month left, Month right) => left.CompareTo(right) <= 0;

    /// <inheritdoc cref="CompareTo"/>
    public static bool operator >=(Month left, Month right) => left.CompareTo(right) >= 0;

    /// <summary><c>yyyy-MM</c>.</summary>
    public override string ToString() => FirstDay.ToString("yyyy-MM", CultureInfo.InvariantCulture);
}
