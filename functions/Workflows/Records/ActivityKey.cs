using Workflows.Platform;

namespace Workflows.Records;

/// <summary>The key of a running step, fit for a row key and a mail id.</summary>
public static class ActivityKey
{
    /// <summary>Unique to instance, generation and step, the same in every attempt.</summary>
    public static string Of(ActivityContext context) =>
        string.Concat(context.IdempotencyKey.Select(c => c is '/' or '\\' or '#' or '?' ? '|' : c));
}
