using System.Reflection;
using Workflows.Reviews;
using Workflows.Trade;

namespace Workflows.Embedded.Tests.Web.Mails;

/// <summary>
/// Builds a record in which every text is an attack, so that a record of tomorrow is tested without anybody thinking of
/// it.
/// </summary>
internal static class HostileSample
{
    public const string Text =
        "<script>alert(1)</script>\"'><img src=x onerror=alert(1)> {{7*7}} @(1+1)\r\nBcc: victim@example.com";

    /// <summary>A value of that type, with nothing left out.</summary>
    /// <param name="variant">Chooses among the values of enums and flags.</param>
    public static object Of(Type type, int variant)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type switch
        {
            _ when type == typeof(string) => Text,
            _ when type == typeof(bool) => variant % 2 == 0,
            _ when type == typeof(int) => variant,
            _ when type == typeof(decimal) => 12.5m,
            _ when type == typeof(DateTimeOffset) => new DateTimeOffset(2026, 11, 3, 8, 30, 0, TimeSpan.Zero),
            _ when type == typeof(DateOnly) => new DateOnly(2026, 11, 3),
            _ when type == typeof(Money) => Money.Of(1234.5m, "USD"),
            _ when type == typeof(Currency) => Currency.Parse("USD"),
            _ when type.IsEnum => Choose(Enum.GetValues(type), variant),
            _ when type == typeof(Kpi) => ((Kpi)Construct(type, variant)) with { Currency = "USD" },
            _ when ElementOf(type) is { } element => ListOf(element, variant),
            _ => Construct(type, variant),
        };
    }

    private static object Choose(Array values, int variant) => values.GetValue(variant % values.Length)!;

    private static Type? ElementOf(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)
            ? type.GetGenericArguments()[0]
            : null;

    private static Array ListOf(Type element, int variant)
    {
        var list = Array.CreateInstance(element, 2);
        list.SetValue(Of(element, variant), 0);
        list.SetValue(Of(element, variant + 1), 1);
        return list;
    }

    private static object Construct(Type type, int variant)
    {
        var constructor = type.GetConstructors(BindingFlags.Public | BindingFlags.Instance)
            .OrderByDescending(candidate => candidate.GetParameters().Length)
            .First();
        return constructor.Invoke(
            [.. constructor.GetParameters().Select(parameter => Of(parameter.ParameterType, variant))]);
    }
}
