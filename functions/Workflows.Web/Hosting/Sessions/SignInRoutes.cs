using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Workflows.Web.Hosting.Keys;
using Workflows.Web.Hosting.Requests;
using Workflows.Web.Hosting.Security;
using Workflows.Web.Layout;
using Workflows.Web.Rendering;

namespace Workflows.Web.Hosting.Sessions;

/// <summary>Into the console and out of it.</summary>
internal static class SignInRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").AllowAnonymous().ExcludeFromDescription();
        group.MapGet(Session.SignInPath, Show);
        group.MapPost(Session.SignInPath, SignInAsync).WithMetadata(RateBucket.SignIn);
        group.MapPost("/sign-out", SignOutAsync);
    }

    private static IResult Show(HttpContext context) => Actor.Of(context.User) is null
        ? HtmlPage.Of<SignInPage>(new() { [nameof(SignInPage.PageContext)] = PageContexts.Of(context, Area.None) })
        : SeeOther.To("/");

    /// <summary>Always goes on to our own front page: no address in the request decides where.</summary>
    private static async Task<IResult> SignInAsync(FormBody form, Admission admission, HttpContext context)
    {
        if (await admission.FindAsync(form["key"], context.RequestAborted) is not { } key)
        {
            var parameters = new Dictionary<string, object?>
            {
                [nameof(SignInPage.PageContext)] = PageContexts.Of(context, Area.None),
                [nameof(SignInPage.Failed)] = true,
            };
            return HtmlPage.Of<SignInPage>(parameters, StatusCodes.Status401Unauthorized);
        }

        const string scheme = CookieAuthenticationDefaults.AuthenticationScheme;
        await context.SignInAsync(
            scheme, Actor.Principal(key, scheme), new AuthenticationProperties { IsPersistent = false });
        return SeeOther.To("/");
    }

    private static async Task<IResult> SignOutAsync(FormBody form, HttpContext context)
    {
        _ = form;
        await context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
        return SeeOther.To(Session.SignInPath);
    }
}
