using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Web.Hosting.Problems;

namespace Workflows.Web.Hosting.Security;

/// <summary>Proof that a form was filled in on our own page.</summary>
internal static class Csrf
{
    /// <summary>Name of the hidden field.</summary>
    public const string Field = "_form";

    /// <summary>The hidden field's value for a page; its other half goes into a cookie.</summary>
    public static string TokenFor(HttpContext context)
    {
        var cacheControl = context.Response.Headers.CacheControl;
        var token = context.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(context).RequestToken!;
        context.Response.Headers.CacheControl = cacheControl;
        return token;
    }

    /// <summary>Checks where a form comes from, before any of it is read.</summary>
    /// <exception cref="ProblemException">403 csrf-failed.</exception>
    public static void ThrowIfFromElsewhere(HttpRequest request)
    {
        if (!IsFormType(request) || IsFromElsewhere(request))
        {
            throw new ProblemException(ProblemType.CsrfFailed);
        }
    }

    /// <summary>Checks the token of a form that was read.</summary>
    /// <exception cref="ProblemException">403 csrf-failed.</exception>
    public static async Task ThrowIfForgedAsync(HttpContext context)
    {
        if (!await context.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context))
        {
            throw new ProblemException(ProblemType.CsrfFailed);
        }
    }

    private static bool IsFormType(HttpRequest request) =>
        request.ContentType?.StartsWith(
            "application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true;

    private static bool IsFromElsewhere(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"] is [{ } site] && site is not ("same-origin" or "none"))
        {
            return true;
        }

        var options = request.HttpContext.RequestServices.GetRequiredService<WebOptions>();
        return request.Headers.Origin is [{ } origin] && origin != "null"
            && !IsSame(origin, $"{request.Scheme}://{request.Host}")
            && !IsSame(origin, PublicOrigin.Of(options.PublicAddress));
    }

    private static bool IsSame(string one, string other) =>
        string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
