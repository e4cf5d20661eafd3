using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Workflows.Platform;
using Workflows.Trade;
using Workflows.Web.Hosting.Keys;
using Workflows.Web.Hosting.Problems;
using Workflows.Web.Hosting.Requests;

namespace Workflows.Web.Hosting.Idempotency;

/// <summary>
/// Who sends something in, under an id that every repetition has too: a run after a crash in the middle, or a second
/// click, finds what the first one did.
/// </summary>
/// <param name="Id">32 hexadecimal digits.</param>
internal sealed record Submission(string Id, StaffId By) : IBindableFromHttpContext<Submission>
{
    public static async ValueTask<Submission?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var actor = Actor.Of(context.User) ?? throw new ProblemException(ProblemType.Unauthorized);
        return new Submission(await IdAsync(context), actor.Id);
    }

    private static async Task<string> IdAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<TakesIdempotencyKey>() is not { } takes)
        {
            return IdOf($"{IdempotencyScope.Of(context)} form {await FormNumberAsync(context)}");
        }

        return takes.IsRequired || IdempotencyKeyHeader.IsSent(context.Request)
            ? IdOf($"{IdempotencyScope.Of(context)} {IdempotencyKeyHeader.Read(context.Request)}")
            : RandomNumberGenerator.GetHexString(32, lowercase: true);
    }

    // Each form that is drawn has a number of its own.
    private static async Task<string> FormNumberAsync(HttpContext context)
    {
        var number = (await FormBody.ReadAsync(context))["submission"];
        return number.Length == 32 && number.All(char.IsAsciiHexDigitLower)
            ? number
            : throw new ProblemException(ProblemType.CsrfFailed);
    }

    private static string IdOf(string source) => Sha256Hex.Lower(source)[..32];
}
