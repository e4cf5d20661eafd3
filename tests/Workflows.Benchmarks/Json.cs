using System.Text.Json;
using System.Text.Json.Serialization;

namespace Workflows.Benchmarks;

/// <summary>How figures are printed.</summary>
internal static class Json
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static string Line(object figures) => JsonSerializer.Serialize(figures, Options);

    public static T Read<T>(string line) => JsonSerializer.Deserialize<T>(line, Options)!;
}
