using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Workflows.Platform;

/// <summary>How every home writes payloads: inputs, results, events, statuses.</summary>
public static class DurableJson
{
    private static readonly ConcurrentDictionary<Type, Type> Unions = new();

    /// <summary>
    /// camelCase, enums by name, nulls left out, text unescaped. Unknown members are skipped on reading, so that a
    /// history written by a newer build is still readable after a rollback.
    /// </summary>
    public static JsonSerializerOptions Options { get; } = Create();

    /// <summary>
    /// The type to write a value as: a case of a union is written as the union, so that its tag is kept for every
    /// reader of it.
    /// </summary>
    /// <param name="value">What is written.</param>
    /// <param name="declared">What its reader expects; null when that is not known.</param>
    public static Type TypeOf(object value, Type? declared)
    {
        if (declared is not null && declared != typeof(object) && declared.IsInstanceOfType(value))
        {
            return declared;
        }

        return Unions.GetOrAdd(value.GetType(), static type =>
        {
            for (var current = type; current is not null && current != typeof(object); current = current.BaseType)
            {
                if (
                    current.GetCustomAttributes<JsonDerivedTypeAttribute>(inherit: false).Any(
                        one => one.DerivedType == type))
                {
                    return current;
                }
            }

            return type;
        });
    }

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.General)
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            Converters = { new JsonStringEnumConverter() },
            // A union's tag may stand anywhere: stores are free to reorder members.
            AllowOutOfOrderMetadataProperties = true,
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
