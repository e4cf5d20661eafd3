using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Web.Hosting.Keys;
using Workflows.Web.Hosting.Problems;

namespace Workflows.Web.Hosting.Sessions;

/// <summary>
/// The console's session: a signed, encrypted cookie that names a row of <see cref="OpenSessions"/>. It ends with that
/// row: at the sign-out or a new sign-in, and a day after it began. It ends with its key, when its holder leaves, and
/// when the key becomes another person's or opens something else: the cookie holds name and role as they were.
/// </summary>
internal static class Session
{
    public const string SignInPath = "/sign-in";

    private const string IdClaim = "session";

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
            OnSigningIn = BeginAsync,
            OnValidatePrincipal = EndWithItsRowAndKeyAsync,
            OnSigningOut = context => EndAsync(context.HttpContext),
            OnRedirectToLogin = context => SendToSignIn(context),
            OnRedirectToAccessDenied = _ => throw new ProblemException(ProblemType.Forbidden),
        };
    }

    // The clock is the cookie's own: both judge one session.
    private static DateTimeOffset Now(CookieAuthenticationOptions options) => options.TimeProvider!.GetUtcNow();

    private static async Task BeginAsync(CookieSigningInContext context)
    {
        await EndAsync(context.HttpContext);
        var principal = context.Principal!;
        var id = RandomNumberGenerator.GetHexString(32, lowercase: true);
        await SessionsOf(context.HttpContext).BeginAsync(
            id, Actor.KeyIdOf(principal)!, Now(context.Options), context.HttpContext.RequestAborted);
        principal.Identities.First().AddClaim(new Claim(IdClaim, id));
    }

    private static async Task EndWithItsRowAndKeyAsync(CookieValidatePrincipalContext context)
    {
        if (!await IsGoodAsync(context))
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync();
        }
    }

    private static async Task<bool> IsGoodAsync(CookieValidatePrincipalContext context)
    {
        var http = context.HttpContext;
        return context.Principal is { } principal && Actor.Of(principal) is { } actor
            && principal.FindFirstValue(IdClaim) is { } id
            && await SessionsOf(http).IsOpenAsync(id, actor.KeyId, Now(context.Options), http.RequestAborted)
            && await http.RequestServices.GetRequiredService<Admission>().IsStillGoodAsync(actor, http.RequestAborted);
    }

    private static async Task EndAsync(HttpContext context)
    {
        if (Actor.KeyIdOf(context.User) is { } keyId && context.User.FindFirstValue(IdClaim) is { } id)
        {
            await SessionsOf(context).EndAsync(id, keyId, context.RequestAborted);
        }
    }

    private static OpenSessions SessionsOf(HttpContext context) =>
        context.RequestServices.GetRequiredService<OpenSessions>();

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
