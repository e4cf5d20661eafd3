using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Workflows.Web.Approvals;
using Workflows.Web.Customers;
using Workflows.Web.Deals;
using Workflows.Web.Hosting.Rows;
using Workflows.Web.Inquiries;
using Workflows.Web.Mail;
using Workflows.Web.Operations;
using Workflows.Web.Payments;
using Workflows.Web.Quotations;
using Workflows.Web.Receivables;
using Workflows.Web.Reviews;

namespace Workflows.Web;

/// <summary>The business routes, a class per capability. Each says who may use it.</summary>
internal static class ApiRoutes
{
    /// <summary>Why the routes that operate the home have no rows.</summary>
    public const string AdminsAlone = "An admin runs the home, and sees and changes every row.";

    public static void Map(IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api");
        InquiryEndpoints.Map(api);
        DealEndpoints.Map(api);
        QuotationEndpoints.Map(api);
        ApprovalEndpoints.Map(api);
        PaymentEndpoints.Map(api);
        InvoiceEndpoints.Map(api);
        AgeingEndpoints.Map(api);
        CustomerEndpoints.Map(api);
        ReviewEndpoints.Map(api);
        MailEndpoints.Map(api);
        InstanceEndpoints.Map(api.MapGroup("").HasNoRow(AdminsAlone));
    }
}
