using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Web.Hosting.Keys;
using Workflows.Web.Hosting.Problems;

namespace Workflows.Web.Hosting.Security;

/// <summary>Proof that a request comes from our own page, and a form was filled in there.</summary>
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

    /// <summary>
    /// Refuses every change that a page of another site makes a browser ask for, whatever the body's type: a browser
    /// sends cookies along, and reaches addresses that strangers do not. Two proofs stand for themselves, because no
    /// browser adds them: a good key, and a webhook's signature.
    /// </summary>
    /// <exception cref="ProblemException">403 csrf-failed.</exception>
    public static Task RefuseOtherSitesAsync(HttpContext context, RequestDelegate next)
    {
        var method = context.Request.Method;
        var changes = !HttpMethods.IsGet(method) && !HttpMethods.IsHead(method) && !HttpMethods.IsOptions(method);
        return changes && !IsProvedOtherwise(context) && IsFromElsewhere(context.Request)
            ? throw new ProblemException(ProblemType.CsrfFailed)
            : next(context);
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
        if (request.Headers["Sec-Fetch-Site"].Any(site => site is not ("same-origin" or "none")))
        {
            return true;
        }

        var options = request.HttpContext.RequestServices.GetRequiredService<WebOptions>();
        var own = $"{request.Scheme}://{request.Host}";
        return request.Headers.Origin.Any(origin => !IsSame(origin, own)
            && !IsSame(origin, PublicOrigin.Of(options.PublicAddress)) && !IsOwnForm(origin, request));
    }

    // Our pages forbid a referrer, and browsers then write "null" for their forms (Fetch, "serializing a request
    // origin"). A frame without an origin writes it too: the form's token tells the two apart.
    private static bool IsOwnForm(string? origin, HttpRequest request) => origin == "null" && IsFormType(request);

    private static bool IsProvedOtherwise(HttpContext context) =>
        context.User.Identity?.AuthenticationType == BearerAuthentication.SchemeName
        || context.GetEndpoint()?.Metadata.GetMetadata<RateBucket>() == RateBucket.Webhooks;

    private static bool IsSame(string? one, string other) =>
        string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
