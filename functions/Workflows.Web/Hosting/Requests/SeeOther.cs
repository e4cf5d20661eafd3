using Microsoft.AspNetCore.Http;

namespace Workflows.Web.Hosting.Requests;

/// <summary>Sends the browser on with GET after a form was taken, so that a reload repeats nothing.</summary>
internal static class SeeOther
{
    /// <summary>To an address of our own.</summary>
    public static IResult To(string path) => new Result(path);

    private sealed class Result(string path) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers.Location = path;
            return Task.CompletedTask;
        }
    }
}
