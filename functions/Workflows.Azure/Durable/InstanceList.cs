using Workflows.Platform;

namespace Workflows.Azure.Durable;

/// <summary>
/// Lists instances with what only their inputs say: run, parent, version, start. Durable keeps small inputs in the
/// rows that it lists, so reading them along costs no request, where reading them one by one would cost one each. What
/// bounds a page is the message that Durable sends it in (4 MB by default, payloads up to 1 MiB): a page that does not
/// fit is asked for again at half the size, from the same place.
/// </summary>
internal static class InstanceList
{
    /// <summary>
    /// The business's inputs and outputs have some thousand characters: 200 of them fit into a message several times
    /// over.
    /// </summary>
    public const int AtOnce = 200;

    /// <summary>A page. It may be shorter than asked for, with a continuation.</summary>
    public static async Task<Page<OrchestrationState>> ReadAsync(
        DurableClient durable, InstanceQuery query, DateTimeOffset now, CancellationToken cancellation)
    {
        for (var size = Math.Min(query.PageSize, AtOnce); size > 0; size /= 2)
        {
            if (await ReadAsync(durable, query, now, size, withInputs: true, cancellation) is { } page)
            {
                return page;
            }
        }

        // One that no message carries is listed all the same, without what its input says.
        return await ReadAsync(durable, query, now, size: 1, withInputs: false, cancellation)
            ?? throw new InvalidOperationException("Durable does not list an instance even without its payloads.");
    }

    /// <returns>Null when no message carries it.</returns>
    private static async Task<Page<OrchestrationState>?> ReadAsync(
        DurableClient durable, InstanceQuery query, DateTimeOffset now, int size, bool withInputs,
        CancellationToken cancellation)
    {
        var asked = StatusMapping.QueryOf(query) with { PageSize = size, FetchInputsAndOutputs = withInputs };
        if (await durable.FindPageAsync(asked, query.Continuation, cancellation) is not { } page)
        {
            return null;
        }

        var states = page.Values.Select(instance => StatusMapping.Of(instance, now))
            .Where(state => StatusMapping.Fits(state, query));
        return new Page<OrchestrationState>(
            [.. states.Select(state => state with { Input = null, Output = null })], page.ContinuationToken);
    }
}
