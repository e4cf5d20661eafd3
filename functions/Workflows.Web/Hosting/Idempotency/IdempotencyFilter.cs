using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Workflows.Web.Hosting.Problems;

namespace Workflows.Web.Hosting.Idempotency;

/// <summary>
/// Lets a creating POST run once per person, route and Idempotency-Key: a repetition gets the first answer, marked
/// <c>Idempotent-Replayed: true</c>. A refusal created nothing and frees the key, and so does a failure of ours.
/// </summary>
internal sealed class IdempotencyFilter(IdempotencyKeys keys) : IEndpointFilter
{
    public const string ReplayedHeader = "Idempotent-Replayed";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        if (!IdempotencyKeyHeader.IsSent(context.Request)
            && context.GetEndpoint()?.Metadata.GetMetadata<TakesIdempotencyKey>() is { IsRequired: false })
        {
            return await next(invocation);
        }

        var scope = IdempotencyScope.Of(context);
        var key = IdempotencyKeyHeader.Read(context.Request);
        var fingerprint = await RequestFingerprint.OfAsync(context);
        switch (await keys.ClaimAsync(scope, key, fingerprint, context.RequestAborted))
        {
            case Claim.Granted granted:
                return await RunAsync(granted, invocation, next);
            case Claim.Finished finished:
                return new ReplayedResult(finished.Answer);
            case Claim.Running running:
                throw new ProblemException(ProblemType.IdempotencyKeyRunning)
                {
                    RetryAfter = Math.Max(1, (int)Math.Ceiling(running.Wait.TotalSeconds)),
                };
            default:
                throw new ProblemException(ProblemType.IdempotencyKeyReused);
        }
    }

    private async Task<object?> RunAsync(
        Claim.Granted claim, EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        var body = context.Response.Body;
        using var copy = new MemoryStream();
        var isKept = false;
        try
        {
            var result = await next(invocation);
            context.Response.Body = copy;
            await ((IResult)result!).ExecuteAsync(context);
            var answer = new StoredAnswer(
                context.Response.StatusCode, context.Response.ContentType, context.Response.Headers.Location,
                copy.ToArray());
            if (answer.Status < 300)
            {
                await keys.FinishAsync(claim, answer);
                isKept = true;
            }

            context.Response.Body = body;
            await body.WriteAsync(answer.Body, context.RequestAborted);
            return Results.Empty;
        }
        finally
        {
            context.Response.Body = body;
            if (!isKept)
            {
                await keys.GiveBackAsync(claim);
            }
        }
    }

    private sealed class ReplayedResult(StoredAnswer answer) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.StatusCode = answer.Status;
            response.ContentType = answer.ContentType;
            response.Headers.Location = answer.Location;
            response.Headers[ReplayedHeader] = "true";
            return response.Body.WriteAsync(answer.Body).AsTask();
        }
    }
}
