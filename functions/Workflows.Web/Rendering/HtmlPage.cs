using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Workflows.Web.Rendering;

/// <summary>
/// Pages are Razor components rendered once, on the server. A page is rendered in full before its first byte goes out,
/// so that one that fails half way becomes a clean error page.
/// </summary>
internal static class HtmlPage
{
    /// <summary>A page as an endpoint's result.</summary>
    /// <param name="parameters">The component's parameters by name.</param>
    /// <param name="status">The HTTP status to send it with.</param>
    public static IResult Of<TComponent>(Dictionary<string, object?> parameters, int status = StatusCodes.Status200OK)
        where TComponent : IComponent => new Result<TComponent>(parameters, status);

    /// <summary>Writes a page into an answer whose status and headers are set already.</summary>
    public static async Task WriteAsync<TComponent>(HttpContext context, Dictionary<string, object?> parameters)
        where TComponent : IComponent
    {
        var html = await RenderAsync<TComponent>(context.RequestServices, parameters);
        context.Response.ContentType = "text/html; charset=utf-8";
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.WriteAsync(html, context.RequestAborted);
        }
    }

    /// <summary>
    /// A component's HTML. Texts in it are encoded; only markup that a component writes itself is markup.
    /// </summary>
    public static Task<string> RenderAsync<TComponent>(
        IServiceProvider services, Dictionary<string, object?> parameters)
        where TComponent : IComponent => RenderAsync(services, typeof(TComponent), parameters);

    /// <summary>A component's HTML, for a component known at run time.</summary>
    public static async Task<string> RenderAsync(
        IServiceProvider services, Type component, Dictionary<string, object?> parameters)
    {
        await using var renderer = new HtmlRenderer(services, services.GetRequiredService<ILoggerFactory>());
        return await renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync(component, ParameterView.FromDictionary(parameters))).ToHtmlString());
    }

    private sealed class Result<TComponent>(Dictionary<string, object?> parameters, int status) : IResult
        where TComponent : IComponent
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = status;
            return WriteAsync<TComponent>(httpContext, parameters);
        }
    }
}
