using Microsoft.AspNetCore.Http;
using Workflows.Web.Hosting.Problems;

namespace Workflows.Web.Hosting.Idempotency;

/// <summary>The Idempotency-Key header.</summary>
internal static class IdempotencyKeyHeader
{
    public const string Name = "Idempotency-Key";

    public static bool IsSent(HttpRequest request) => request.Headers.ContainsKey(Name);

    /// <summary>The draft's quoted string, or the bare text that many clients send.</summary>
    public static string Read(HttpRequest request)
    {
        if (request.Headers[Name] is not { Count: > 0 } values)
        {
            throw new ProblemException(ProblemType.IdempotencyKeyMissing);
        }

        var key = values is [{ } only] ? only.Trim() : "";
        if (key.Length >= 2 && key[0] == '"' && key[^1] == '"')
        {
            key = key[1..^1];
        }

        return key.Length is >= 8 and <= 128 && key.All(c => c is > ' ' and <= '~' and not ('"' or ',' or '\\'))
            ? key
            : throw new ProblemException(ProblemType.IdempotencyKeyInvalid);
    }
}
