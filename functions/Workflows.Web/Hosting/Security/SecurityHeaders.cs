using Microsoft.AspNetCore.Http;
using Workflows.Web.Hosting.Problems;

namespace Workflows.Web.Hosting.Security;

/// <summary>
/// What every answer asks of a browser: run nothing, frame nothing, send our addresses nowhere, keep nothing private.
/// </summary>
internal static class SecurityHeaders
{
    /// <summary>No script at all, not even our own: the console is plain HTML and one stylesheet.</summary>
    private const string Policy =
        "default-src 'none'; style-src 'self'; img-src 'self' data:; frame-src 'self'; form-action 'self'; base-uri "
            + "'none'; frame-ancestors 'none'";

    /// <summary>
    /// A mail shown in a frame of our own page: its inline styles and nothing else; its links open outside.
    /// </summary>
    private const string MailPolicy =
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; frame-ancestors 'self'; " +
        "sandbox allow-popups allow-popups-to-escape-sandbox";

    public static void Set(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers[RequestIds.Header] = RequestIds.Of(context);
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["X-Robots-Tag"] = "noindex";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=()";
        headers.CacheControl = "no-store";
        if (context.Request.IsHttps)
        {
            headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
        }
    }

    /// <summary>Lets our own mail page frame the answer, with the mail's inline styles.</summary>
    public static void AllowMailFrame(HttpContext context)
    {
        context.Response.Headers.ContentSecurityPolicy = MailPolicy;
        context.Response.Headers.XFrameOptions = "SAMEORIGIN";
    }
}
