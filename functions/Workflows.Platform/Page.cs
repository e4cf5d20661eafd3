namespace Workflows.Platform;

/// <summary>A page of a list that is read page by page.</summary>
/// <param name="Items">In the list's order; may be empty while there is a continuation.</param>
/// <param name="Continuation">For the next page, opaque; null at the end.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Continuation);

/// <summary>Lists that are read to their end.</summary>
public static class Pages
{
    /// <summary>Every page of a list, one read after the other.</summary>
    /// <param name="read">Reads the page of a continuation; null is the first.</param>
    public static async IAsyncEnumerable<Page<T>> ReadAllAsync<T>(Func<string?, Task<Page<T>>> read)
    {
        string? continuation = null;
        do
        {
            var page = await read(continuation);
            yield return page;
            continuation = page.Continuation;
        }
        while (continuation is not null);
    }
}
