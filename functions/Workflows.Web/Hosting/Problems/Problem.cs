using System.Text.Json.Serialization;

namespace Workflows.Web.Hosting.Problems;

/// <summary>One thing that is wrong with a request.</summary>
/// <param name="Pointer">JSON pointer (RFC 6901) to the member in the body, or the name of a query parameter.</param>
/// <param name="Code">The slug of the problem type it would be by itself.</param>
/// <param name="Detail">For a person. Never repeats what was sent.</param>
public sealed record ProblemError(string Pointer, string Code, string Detail);

/// <summary>A problem document as it goes out (RFC 9457).</summary>
/// <param name="Type">Address of the explanation; its last part is the stable slug.</param>
/// <param name="Title">The same for every occurrence of the type.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="RequestId">Names the request in our log.</param>
public sealed record ProblemDocument(string Type, string Title, int Status, string RequestId)
{
    /// <summary>About this occurrence; never repeats what was sent.</summary>
    public string? Detail { get; init; }

    /// <summary>What is wrong where.</summary>
    public IReadOnlyList<ProblemError>? Errors { get; init; }
}

/// <summary>
/// Ends a request with a problem document. For refusals that are found deep in reading a request; not logged.
/// </summary>
internal sealed class ProblemException(
    ProblemType type, string? detail = null, IReadOnlyList<ProblemError>? errors = null)
    : Exception(type.Title)
{
    public ProblemType Type { get; } = type;

    public string? Detail { get; } = detail;

    public IReadOnlyList<ProblemError>? Errors { get; } = errors;

    /// <summary>Seconds for a Retry-After header; null sends none.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>A problem of several errors: of their own type when they agree, else of the general one.</summary>
    public static ProblemException Of(IReadOnlyList<ProblemError> errors, ProblemType mixed)
    {
        var agreed = errors.All(error => error.Code == errors[0].Code)
            ? ProblemType.All.GetValueOrDefault(errors[0].Code)
            : null;
        return new ProblemException(agreed ?? mixed, errors: errors);
    }
}

[JsonSerializable(typeof(ProblemDocument))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class ProblemJson : JsonSerializerContext;
