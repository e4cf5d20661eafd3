using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Workflows.Web.Keys;
using Workflows.Web.Problems;

namespace Workflows.Web.Idempotency;

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

/// <summary>
/// Names what a creating request does: the same for every repetition under its key, so that a run after a crash in the
/// middle finds what the first run did.
/// </summary>
/// <param name="Value">32 hexadecimal digits.</param>
internal sealed record OperationId(string Value) : IBindableFromHttpContext<OperationId>
{
    public static ValueTask<OperationId?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var caller = Actor.KeyIdOf(context.User) ?? throw new ProblemException(ProblemType.Unauthorized);
        var isOptional = context.GetEndpoint()?.Metadata.GetMetadata<TakesIdempotencyKey>() is { IsRequired: false };
        return new(isOptional && !IdempotencyKeyHeader.IsSent(context.Request)
            ? new OperationId(RandomNumberGenerator.GetHexString(32, lowercase: true))
            : Of($"{caller} {IdempotencyKeyHeader.Read(context.Request)}"));
    }

    /// <summary>Derives an id from what makes an operation unique.</summary>
    public static OperationId Of(string source) =>
        new(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(source)))[..32]);
}
