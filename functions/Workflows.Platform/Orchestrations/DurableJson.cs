using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Workflows.Platform;

/// <summary>How every home writes payloads: inputs, results, events, statuses.</summary>
public static class DurableJson
{
    /// <summary>
    /// camelCase, enums by name, nulls left out, text unescaped. Unknown members are skipped on reading, so that a
    /// history written by a newer build is still readable after a rollback.
    /// </summary>
    public static JsonSerializerOptions Options { get; } = Create();

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
