using System.Text.Json;
using System.Text.Unicode;
using Workflows.Web.Hosting.Problems;

namespace Workflows.Web.Hosting.Requests;

/// <summary>
/// Reads one JSON object into a record. Everything that is wrong is found before the record is built, and named by JSON
/// pointer: shape first (400), then sense (422).
/// </summary>
internal static class StrictJson
{
    private static readonly JsonDocumentOptions Strict = new()
    {
        AllowDuplicateProperties = false,
        AllowTrailingCommas = false,
        CommentHandling = JsonCommentHandling.Disallow,
        MaxDepth = BodyLimits.Depth,
    };

    /// <summary>Reads a record; members that it does not know are refused.</summary>
    /// <exception cref="ProblemException">400 or 422, with a pointer to each error.</exception>
    public static T Read<T>(ReadOnlyMemory<byte> body) where T : notnull
    {
        using var document = Parse(body) ?? throw new ProblemException(ProblemType.MalformedJson);
        var check = new ShapeCheck(ignoreUnknown: false);
        check.Check(document.RootElement, typeof(T));
        check.Errors.ThrowIfAny();
        return document.RootElement.Deserialize<T>(WebJson.Options)!;
    }

    /// <summary>Reads a record out of a part of another system's document: unknown members are left alone.</summary>
    /// <param name="element">The part.</param>
    /// <param name="pointer">Where it stands in the whole.</param>
    /// <param name="errors">What is wrong, when the result is null.</param>
    public static T? TryRead<T>(
        JsonElement element, string pointer, out IReadOnlyList<ProblemError> errors) where T : class
    {
        var check = new ShapeCheck(ignoreUnknown: true);
        check.Check(element, typeof(T), pointer);
        errors = check.Errors.All;
        return errors.Count == 0 ? element.Deserialize<T>(LenientOptions) : null;
    }

    /// <summary>Parses a document whose root is an object; null when it is not exactly that.</summary>
    public static JsonDocument? Parse(ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty || !Utf8.IsValid(body.Span))
        {
            return null;
        }

        try
        {
            var document = JsonDocument.Parse(body, Strict);
            if (document.RootElement.ValueKind == JsonValueKind.Object && HasOnlyWholeText(document.RootElement))
            {
                return document;
            }

            document.Dispose();
            return null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The second is the search for duplicates, which reads each name: half of a surrogate pair is none.
            return null;
        }
    }

    private static JsonSerializerOptions LenientOptions { get; } =
        new(
            WebJson.Options)
        {
            UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Skip,
        };

    /// <summary>
    /// An escaped half of a surrogate pair is not text, and the parser lets it pass until it is read.
    /// </summary>
    private static bool HasOnlyWholeText(JsonElement element)
    {
        try
        {
            return element.ValueKind switch
            {
                JsonValueKind.Object =>
                    element.EnumerateObject().All(member => member.Name is not null && HasOnlyWholeText(member.Value)),
                JsonValueKind.Array => element.EnumerateArray().All(HasOnlyWholeText),
                JsonValueKind.String => element.GetString() is not null,
                _ => true,
            };
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
