using System.Text.Json;
using Workflows.Platform;

namespace Workflows.Policies;

/// <summary>
/// Reads policy documents strictly: what the schema or the rules do not allow is an error with its path, all at once.
/// </summary>
public static class PolicyLoader
{
    private static readonly JsonDocumentOptions Strict = new()
    {
        AllowDuplicateProperties = false,
        AllowTrailingCommas = false,
        CommentHandling = JsonCommentHandling.Disallow,
        MaxDepth = 32,
    };

    /// <summary>The document that is used when no other is given, as UTF-8 JSON.</summary>
    public static byte[] DefaultDocument => Resource("default-policy.json");

    /// <summary>The published JSON Schema (draft 2020-12) of policy documents, as UTF-8 JSON.</summary>
    public static byte[] SchemaDocument => Resource("policy.schema.json");

    /// <summary>Reads a document.</summary>
    /// <param name="json">UTF-8, with or without a byte-order mark.</param>
    public static PolicyLoadResult Load(ReadOnlyMemory<byte> json)
    {
        json = json.Span.StartsWith("\uFEFF"u8) ? json[3..] : json;
        try
        {
            using var document = JsonDocument.Parse(json, Strict);
            return Load(document.RootElement);
        }
        catch (JsonException exception)
        {
            return Failed([new PolicyError("", $"This is not JSON: {exception.Message}")]);
        }
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static PolicyLoadResult LoadFile(string path) => Load(File.ReadAllBytes(path));

    /// <summary>The default policy.</summary>
    public static Policy Default()
    {
        var result = Load(DefaultDocument);
        return result.Policy
            ?? throw new InvalidOperationException("The default policy is broken: " + string.Join("; ", result.Errors));
    }

    private static PolicyLoadResult Load(JsonElement root)
    {
        using var schema = JsonDocument.Parse(SchemaDocument);
        var errors = SchemaCheck.Check(root, schema.RootElement);
        if (errors.Count > 0)
        {
            return Failed(errors);
        }

        Policy policy;
        try
        {
            policy = root.Deserialize<Policy>(DurableJson.Options)!;
        }
        catch (JsonException exception)
        {
            // What a pattern cannot say: a currency that ISO does not know, the 30th of February.
            return Failed([new PolicyError(PointerOf(exception.Path), "cannot be read: " + FirstSentence(exception))]);
        }

        errors = PolicyRules.Check(policy);
        return errors.Count > 0 ? Failed(errors) : new PolicyLoadResult(policy, []);
    }

    private static PolicyLoadResult Failed(IReadOnlyList<PolicyError> errors) => new(null, errors);

    // The reader's path is $.a.b[0]; everything else here speaks in JSON pointers.
    private static string PointerOf(string? path) =>
        (path ?? "")
            .TrimStart('$')
            .Replace("['", ".", StringComparison.Ordinal)
            .Replace("']", "", StringComparison.Ordinal)
            .Replace('.', '/').Replace('[', '/').Replace("]", "", StringComparison.Ordinal);

    private static string FirstSentence(JsonException exception) =>
        exception.Message.Split(" Path: ", 2)[0].Split(". ", 2)[0].TrimEnd('.') + ".";

    private static byte[] Resource(string name)
    {
        using var stream = typeof(PolicyLoader).Assembly.GetManifestResourceStream($"Workflows.Policies.{name}")
            ?? throw new InvalidOperationException($"The resource {name} is not in the assembly.");
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
