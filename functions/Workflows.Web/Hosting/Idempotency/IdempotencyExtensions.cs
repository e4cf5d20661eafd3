using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Workflows.Web.Hosting.Idempotency;

/// <summary>Marks a route that takes an Idempotency-Key.</summary>
internal sealed record TakesIdempotencyKey(bool IsRequired);

internal static class IdempotencyExtensions
{
    /// <summary>Makes a creating POST run once per person and Idempotency-Key, which must be sent.</summary>
    public static RouteHandlerBuilder OncePerKey(this RouteHandlerBuilder route) => Add(route, isRequired: true);

    /// <summary>The same where the key may be left out: for steps that the deal itself refuses to take twice.</summary>
    public static RouteHandlerBuilder MaybeOncePerKey(this RouteHandlerBuilder route) => Add(route, isRequired: false);

    private static RouteHandlerBuilder Add(RouteHandlerBuilder route, bool isRequired) => route
        .AddEndpointFilter<RouteHandlerBuilder, IdempotencyFilter>()
        .WithMetadata(new TakesIdempotencyKey(isRequired));
}
