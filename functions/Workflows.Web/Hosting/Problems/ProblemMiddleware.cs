using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Workflows.Platform;
using Workflows.Web.Hosting.Security;

namespace Workflows.Web.Hosting.Problems;

/// <summary>
/// The last resort around every request: whatever was thrown, the caller gets a problem document that says nothing of
/// our inside, and an answer that would go out empty gets the document of its status.
/// </summary>
internal sealed class ProblemMiddleware(
    RequestDelegate next, ProblemWriter problems, RefusalDelay refusals, ILogger<ProblemMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            if (IsBare(context.Response))
            {
                await problems.WriteAsync(context, new ProblemException(ProblemType.Of(context.Response.StatusCode)));
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            var problem = Explain(exception, context);
            if (problem.Type.Status < StatusCodes.Status500InternalServerError)
            {
                await refusals.WaitAsync(context);
            }

            await problems.WriteAsync(context, problem);
        }
    }

    private static bool IsBare(HttpResponse response) =>
        response is { HasStarted: false, StatusCode: >= 400, ContentLength: null, ContentType: null };

    private ProblemException Explain(Exception exception, HttpContext context)
    {
        switch (exception)
        {
            case ProblemException problem:
                return problem;
            case HomeUnavailableException unavailable:
                Log.HomeUnavailable(logger, RequestIds.Of(context), unavailable);
                return new ProblemException(ProblemType.Unavailable)
                {
                    RetryAfter = Math.Max(1, (int)Math.Ceiling(unavailable.RetryAfter.TotalSeconds)),
                };
            case DamagedDataException damaged:
                Log.Damaged(logger, RequestIds.Of(context), damaged.Message);
                return new ProblemException(ProblemType.DataDamaged);
            case BadHttpRequestException { StatusCode: < 500 } bad:
                return new ProblemException(ProblemType.Of(bad.StatusCode));
            default:
                Log.Unhandled(logger, RequestIds.Of(context), exception);
                return new ProblemException(ProblemType.Internal);
        }
    }
}
