using Workflows.Platform;
using Workflows.Web.Hosting.Problems;

namespace Workflows.Web.Hosting.Requests;

/// <summary>A page of a list.</summary>
/// <param name="Items">May be empty while there is a next page.</param>
/// <param name="Next">For the query parameter <c>cursor</c>; null at the end.</param>
internal sealed record ListPage<T>(IReadOnlyList<T> Items, string? Next);

internal static class ListPage
{
    /// <summary>A page that was read, as it is answered.</summary>
    public static ListPage<T> Of<T>(Page<T> page) => new(page.Items, page.Continuation);
}

/// <summary>Which page of a list is asked for.</summary>
/// <param name="Limit">1 to 200 items a page.</param>
/// <param name="Cursor">From the page before; null for the first.</param>
internal sealed record Paging(int Limit, string? Cursor)
{
    private const int Usual = 50;
    private const int Most = 200;
    private const int LongestCursor = 4000;

    /// <summary>Checks the query parameters <c>limit</c> and <c>cursor</c>.</summary>
    /// <exception cref="ProblemException">400 query-invalid.</exception>
    public static Paging Of(int? limit, string? cursor)
    {
        if (limit is < 1 or > Most)
        {
            throw Invalid("limit", $"Must be from 1 to {Most}.");
        }

        return cursor?.Length > LongestCursor
            ? throw BadCursor()
            : new Paging(limit ?? Usual, string.IsNullOrEmpty(cursor) ? null : cursor);
    }

    /// <summary>Reads a page; a cursor that no page gave is the caller's mistake.</summary>
    /// <exception cref="ProblemException">400 query-invalid.</exception>
    public async Task<T> ReadAsync<T>(Func<int, string?, Task<T>> read)
    {
        try
        {
            return await read(Limit, Cursor);
        }
        catch (Exception exception) when (Cursor is not null && exception is ArgumentException or FormatException)
        {
            throw BadCursor();
        }
    }

    /// <summary>Reads a choice by its name alone: the framework would take numbers and lists as well.</summary>
    /// <exception cref="ProblemException">400 query-invalid.</exception>
    public static T? ChoiceOf<T>(string parameter, string? text) where T : struct, Enum
    {
        if (text is null)
        {
            return null;
        }

        var index = Array.FindIndex(Enum.GetNames<T>(), name => name.Equals(text, StringComparison.OrdinalIgnoreCase));
        return index >= 0
            ? Enum.GetValues<T>()[index]
            : throw Invalid(parameter, $"Must be one of {string.Join(", ", Enum.GetNames<T>())}.");
    }

    /// <summary>A query parameter that is not understood.</summary>
    public static ProblemException Invalid(string parameter, string detail) => new(
        ProblemType.QueryInvalid, errors: [new ProblemError(parameter, ProblemType.QueryInvalid.Slug, detail)]);

    private static ProblemException BadCursor() => Invalid("cursor", "Must come from the page before.");
}
