namespace Workflows.Receivables.Ageing;

/// <summary>Which day receivables are looked at, and by what was known when. Days are the company's.</summary>
/// <param name="Day">Its end.</param>
/// <param name="Known">Money that was taken in after that day does not count, whatever its value date.</param>
public readonly record struct AgeingDate(DateOnly Day, DateOnly Known)
{
    /// <summary>A day by what was known at its own end: the same for ever.</summary>
    public static AgeingDate Of(DateOnly day) => new(day, day);
}
