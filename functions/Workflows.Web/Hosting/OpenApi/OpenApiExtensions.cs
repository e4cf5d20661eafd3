using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Workflows.Web.Hosting.Problems;

namespace Workflows.Web.Hosting.OpenApi;

internal static class OpenApiExtensions
{
    /// <summary>Says with which problems a route may answer.</summary>
    public static TBuilder Problems<TBuilder>(
        this TBuilder route, params int[] statuses) where TBuilder : IEndpointConventionBuilder
    {
        foreach (var status in statuses)
        {
            route.WithMetadata(
                new ProducesResponseTypeMetadata(status, typeof(ProblemDocument), ["application/problem+json"]));
        }

        return route;
    }
}
