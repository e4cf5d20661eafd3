using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Workflows.Web.Hosting.Problems;

namespace Workflows.Web.Hosting.Security;

/// <summary>
/// Refuses a long address, and large headers, with a problem document. Our own server refuses twice as much by itself,
/// without one: it has not read the request by then.
/// </summary>
internal static class HeaderLimits
{
    /// <summary>Characters of method and address.</summary>
    public const int RequestLine = 4 * 1024;

    /// <summary>Characters of all headers, names and separators included.</summary>
    public const int Total = 8 * 1024;

    /// <summary>Headers.</summary>
    public const int Count = 50;

    private const int Separators = 4;

    /// <exception cref="ProblemException">414 or 431.</exception>
    public static Task RefuseTooMuchAsync(HttpContext context, RequestDelegate next)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (context.Request.Method.Length + target.Length > RequestLine)
        {
            throw new ProblemException(ProblemType.UriTooLong);
        }

        var headers = context.Request.Headers;
        var size = headers.Sum(header => header.Value.Sum(
            value => header.Key.Length + (value?.Length ?? 0) + Separators));
        if (headers.Count > Count || size > Total)
        {
            throw new ProblemException(ProblemType.HeadersTooLarge);
        }

        return next(context);
    }
}
