using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Workflows.Platform;
using Workflows.Web.Hosting.Keys;
using Workflows.Web.Hosting.Problems;

namespace Workflows.Web.Hosting.Idempotency;

/// <summary>
/// Within what an Idempotency-Key is one request: a person and a route. A person's API key is not part of it, because
/// a retry after the key was replaced is still that person's retry.
/// </summary>
internal static class IdempotencyScope
{
    /// <summary>Names a person and a route, in 64 hexadecimal digits.</summary>
    /// <exception cref="ProblemException">401 without a person.</exception>
    public static string Of(HttpContext context)
    {
        var person = Actor.Of(context.User) ?? throw new ProblemException(ProblemType.Unauthorized);
        var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
        return Sha256Hex.Lower($"{person.Id}\n{context.Request.Method} {route}");
    }
}
