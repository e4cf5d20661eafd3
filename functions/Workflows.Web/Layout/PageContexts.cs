using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Policies;
using Workflows.Web.Hosting.Keys;
using Workflows.Web.Hosting.Security;

namespace Workflows.Web.Layout;

/// <summary>Makes the <see cref="PageContext"/> that every page asks for.</summary>
internal static class PageContexts
{
    /// <summary>Who looks: the person who signed in, or nobody.</summary>
    public static PageContext Of(HttpContext context, Area area)
    {
        var services = context.RequestServices;
        var policy = services.GetRequiredService<PolicyStore>().Current;
        var actor = Actor.Of(context.User);
        return new PageContext(
            actor is null ? "" : policy.NameOf(actor.Id),
            actor?.Role,
            policy,
            services.GetRequiredService<TimeProvider>().GetUtcNow(),
            area,
            () => Csrf.TokenFor(context))
        {
            Actor = actor,
        };
    }
}
