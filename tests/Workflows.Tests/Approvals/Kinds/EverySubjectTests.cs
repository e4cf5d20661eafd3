using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Workflows.Approvals.Kinds;
using Workflows.Platform;
using Workflows.Trade;

namespace Workflows.Tests.Approvals.Kinds;

/// <summary>What must hold for each kind of approval, a new one included. Kinds are found by reflection.</summary>
public class EverySubjectTests
{
    private static readonly Type[] Types =
        [.. typeof(ApprovalSubject).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(ApprovalSubject)))];

    public static TheoryData<string> Names => [.. Types.Select(type => type.Name)];

    [Fact]
    public void Each_kind_has_one_subject_which_is_registered_for_JSON_under_its_name()
    {
        var registered = typeof(ApprovalSubject).GetCustomAttributes<JsonDerivedTypeAttribute>()
            .Select(one => (one.DerivedType, one.TypeDiscriminator));

        Assert.Equal(Enum.GetNames<ApprovalKind>().Order(), Types.Select(type => KindOf(type)).Order());
        Assert.Equal(
            Types.Select(type => (type, (object?)KindOf(type))).ToHashSet(), registered.ToHashSet());
    }

    [Fact]
    public void Each_kind_says_what_the_limits_of_its_levels_count() =>
        Assert.All(Enum.GetValues<ApprovalKind>(), kind => Assert.True(Enum.IsDefined(kind.LimitUnit())));

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_has_texts_for_its_heading_and_facts(string type) => Assert.All(Samples(type), subject =>
    {
        Assert.NotEmpty(subject.Heading());
        var facts = subject.Facts(Subjects.Context);
        Assert.NotEmpty(facts);
        Assert.All(facts, fact => Assert.NotEmpty(fact.Name));
        Assert.Distinct(facts.Select(fact => fact.Name));
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_travels_as_JSON_and_comes_back_the_same(string type) => Assert.All(Samples(type), subject =>
    {
        var json = JsonSerializer.Serialize(subject, DurableJson.Options);
        var back = JsonSerializer.Deserialize<ApprovalSubject>(json, DurableJson.Options)!;

        Assert.Equal(json, JsonSerializer.Serialize(back, DurableJson.Options));
        Assert.Equal((subject.GetType(), subject.Kind), (back.GetType(), back.Kind));
        Assert.Equal(subject.Heading(), back.Heading());
        Assert.Equal(subject.Facts(Subjects.Context), back.Facts(Subjects.Context));
    });

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_is_decided_by_a_person_of_the_default_policy(string type) =>
        Assert.All(Samples(type), subject => Assert.NotEmpty(subject.LevelsBy(Subjects.Policy)));

    private static string KindOf(Type type) => Samples(type.Name)[0].Kind.ToString();

    /// <summary>A subject of some values, with what may be null and without.</summary>
    private static ApprovalSubject[] Samples(string name)
    {
        var type = Types.Single(one => one.Name == name);
        return [(ApprovalSubject)Any(type, filled: true)!, (ApprovalSubject)Any(type, filled: false)!];
    }

    /// <summary>Some value of a type: a record is built of some values.</summary>
    /// <param name="filled">Whether what may be null is there.</param>
    private static object? Any(Type type, bool filled) => type switch
    {
        _ when type == typeof(string) => "some text",
        _ when type == typeof(int) => 2,
        _ when type == typeof(decimal) => 2.5m,
        _ when type == typeof(bool) => true,
        _ when type == typeof(DateOnly) => new DateOnly(2026, 10, 31),
        _ when type == typeof(Money) => Subjects.Usd(1_234.5m),
        _ when type == typeof(StaffId) => new StaffId("mei"),
        _ when type == typeof(IReadOnlyList<string>) => new List<string> { "one", "two" },
        _ when type.IsEnum => Enum.GetValues(type).GetValue(0),
        _ when Nullable.GetUnderlyingType(type) is { } inner => filled ? Any(inner, filled) : null,
        _ => Build(type.GetConstructors().Single(), filled),
    };

    private static object Build(ConstructorInfo constructor, bool filled)
    {
        var nullability = new NullabilityInfoContext();
        return constructor.Invoke([.. constructor.GetParameters().Select(parameter =>
            !filled && nullability.Create(parameter).WriteState == NullabilityState.Nullable
                ? null
                : Any(parameter.ParameterType, filled))]);
    }
}
