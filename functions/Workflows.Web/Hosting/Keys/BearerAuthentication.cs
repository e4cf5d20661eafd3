using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Workflows.Web.Hosting.Problems;

namespace Workflows.Web.Hosting.Keys;

/// <summary>Knows callers by <c>Authorization: Bearer</c>. The answer to every bad key is the same.</summary>
internal sealed class BearerAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder,
    Admission admission)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "Bearer";

    /// <summary>
    /// Chooses per request: a key when one is shown, else the console's session. Programs change things with a key
    /// only: a browser sends its cookie along whichever site made it ask, and the API's requests carry no form's token.
    /// </summary>
    public const string Either = "Bearer or session";

    public static string Choose(HttpContext context) =>
        context.Request.Headers.Authorization.Count > 0 || IsApiChange(context.Request)
        ? SchemeName
        : CookieAuthenticationDefaults.AuthenticationScheme;

    // Approval links under /api are pages with forms of our own, and check those themselves.
    private static bool IsApiChange(HttpRequest request) =>
        request.Path.StartsWithSegments("/api") && !request.Path.StartsWithSegments("/api/approvals")
        && !HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        const string prefix = "Bearer ";
        if (Request.Headers.Authorization is not [{ } header]
            || !header.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
        {
            return AuthenticateResult.NoResult();
        }

        var key = await admission.FindAsync(header[prefix.Length..].Trim(), Context.RequestAborted);
        return key is null
            ? AuthenticateResult.Fail("The key is not good.")
            : AuthenticateResult.Success(new AuthenticationTicket(Actor.Principal(key, SchemeName), SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) =>
        throw new ProblemException(ProblemType.Unauthorized);

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        throw new ProblemException(ProblemType.Forbidden);
}
