using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Web.Hosting.Keys;
using Workflows.Web.Hosting.Problems;

namespace Workflows.Web.Hosting.Sessions;

/// <summary>The console's session: a signed, encrypted cookie that ends with its key, and when the key
/// becomes another person's or opens something else: the cookie holds name and role as they were.</summary>
internal static class Session
{
    public const string SignInPath = "/sign-in";

    public static void Configure(CookieAuthenticationOptions options, bool isHttps)
    {
        // The __Host- prefix binds the cookie to this very host, and browsers take it over TLS only.
        options.Cookie.Name = isHttps ? "__Host-workflows" : "workflows";
        options.Cookie.HttpOnly = true;

        options.Cookie.SameSite = SameSiteMode.Strict;
        options.Cookie.SecurePolicy = isHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        options.Cookie.Path = "/";

        // A session ends after a person's hours, however fast the business's clock goes.
        options.TimeProvider = TimeProvider.System;
        options.ExpireTimeSpan = TimeSpan.FromHours(12);
        options.SlidingExpiration = true;
        options.Events = new CookieAuthenticationEvents
        {
            OnValidatePrincipal = EndWithItsKeyAsync,
            OnRedirectToLogin = context => SendToSignIn(context),
            OnRedirectToAccessDenied = _ => throw new ProblemException(ProblemType.Forbidden),
        };
    }

    private static async Task EndWithItsKeyAsync(CookieValidatePrincipalContext context)
    {
        var keys = context.HttpContext.RequestServices.GetRequiredService<ApiKeys>();
        var actor = context.Principal is { } principal ? Actor.Of(principal) : null;
        if (actor is null
            || !await keys.IsGoodAsync(actor.KeyId, actor.Id.Value, actor.Role, context.HttpContext.RequestAborted))
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync();
        }
    }

    /// <summary>
    /// A link in a mail comes from another site, and a strict cookie stays at home then. The page asks for itself once
    /// more: that request is our own, and finds the session if there is one.
    /// </summary>
    private const string AskAgain =
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta http-equiv=\"refresh\" content=\"0\">" +
        "<title>Workflows</title></head><body></body></html>";

    private static Task SendToSignIn(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (context.Request.Path.StartsWithSegments("/api") || !HttpMethods.IsGet(context.Request.Method))
        {
            throw new ProblemException(ProblemType.Unauthorized);
        }

        if (context.Request.Headers["Sec-Fetch-Site"] == "cross-site"
            && context.Request.Headers["Sec-Fetch-Mode"] == "navigate")
        {
            context.Response.ContentType = "text/html; charset=utf-8";
            return context.Response.WriteAsync(AskAgain, context.HttpContext.RequestAborted);
        }

        context.Response.Redirect(SignInPath);
        return Task.CompletedTask;
    }
}
