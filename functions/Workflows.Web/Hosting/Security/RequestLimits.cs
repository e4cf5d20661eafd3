using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Web.Hosting.Problems;

namespace Workflows.Web.Hosting.Security;

/// <summary>Ends every request in time, whatever it waits for.</summary>
internal static class RequestLimits
{
    public static void Add(IServiceCollection services, RateLimitOptions options) =>
        services.AddRequestTimeouts(timeouts => timeouts.DefaultPolicy = new RequestTimeoutPolicy
        {
            Timeout = options.RequestTimeout,
            TimeoutStatusCode = ProblemType.TimedOut.Status,
            WriteTimeoutResponse = _ => throw new ProblemException(ProblemType.TimedOut)
            {
                RetryAfter = Math.Max(1, (int)Math.Ceiling(options.Window.TotalSeconds)),
            },
        });
}
