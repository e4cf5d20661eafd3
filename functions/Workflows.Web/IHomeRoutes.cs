using Microsoft.AspNetCore.Routing;

namespace Workflows.Web;

/// <summary>
/// Routes that only one home has, such as its mail provider's callback. Each registered one is mapped with the others.
/// </summary>
public interface IHomeRoutes
{
    /// <summary>Adds them to the route table.</summary>
    void Map(IEndpointRouteBuilder routes);
}
