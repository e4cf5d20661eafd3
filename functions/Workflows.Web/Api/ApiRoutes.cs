using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Workflows.Web.Api.Approvals;
using Workflows.Web.Api.Deals;
using Workflows.Web.Api.Quotations;

namespace Workflows.Web.Api;

/// <summary>The business routes, a class per capability. Each says who may use it.</summary>
internal static class ApiRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api");
        DealRoutes.Map(api);
        QuotationRoutes.Map(api);
        ApprovalRoutes.Map(api);
    }
}
