namespace Workflows.Policies;

/// <summary>A sales region.</summary>
/// <param name="Countries">ISO 3166-1 alpha-2; <c>*</c> is every country that no other region names.</param>
/// <param name="Weekend">The buyers' days off.</param>
public sealed record RegionPolicy(
    string Id, string Name, IReadOnlyList<string> Countries, IReadOnlyList<DayOfWeek> Weekend);
