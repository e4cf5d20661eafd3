using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Workflows.Web.Api.Approvals;
using Workflows.Web.Api.Customers;
using Workflows.Web.Api.Deals;
using Workflows.Web.Api.Inquiries;
using Workflows.Web.Api.Instances;
using Workflows.Web.Api.Mails;
using Workflows.Web.Api.Quotations;
using Workflows.Web.Api.Receivables;
using Workflows.Web.Api.Reviews;

namespace Workflows.Web.Api;

/// <summary>The business routes, a class per capability. Each says who may use it.</summary>
internal static class ApiRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api");
        InquiryRoutes.Map(api);
        DealRoutes.Map(api);
        QuotationRoutes.Map(api);
        ApprovalRoutes.Map(api);
        PaymentRoutes.Map(api);
        InvoiceRoutes.Map(api);
        AgeingRoutes.Map(api);
        CustomerRoutes.Map(api);
        ReviewRoutes.Map(api);
        MailRoutes.Map(api);
        InstanceRoutes.Map(api);
    }
}
