using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Web.Approvals;
using Workflows.Web.Deals;
using Workflows.Web.Deals.Board;
using Workflows.Web.Hosting.Keys;
using Workflows.Web.Hosting.Rows;
using Workflows.Web.Inquiries.Webhooks;
using Workflows.Web.Mail;
using Workflows.Web.Operations;
using Workflows.Web.Receivables;
using Workflows.Web.Reviews;

namespace Workflows.Web;

/// <summary>The console: pages for staff who signed in.</summary>
internal static class ConsoleRoutes
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<BoardReader>();
        services.AddSingleton<DealPageReader>();
        services.AddSingleton<InvoicePageReader>();
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        var staff = routes.MapGroup("").RequireAuthorization(Access.Staff).ExcludeFromDescription();
        BoardPages.Map(staff);
        DealPages.Map(staff);
        ApprovalPages.Map(staff);
        ReceivablesPages.Map(staff);
        InvoicePages.Map(staff);
        ReviewPages.Map(staff);
        MailPages.Map(staff);
        var admins = staff.MapGroup("").HasNoRow(ApiRoutes.AdminsAlone);
        WebhookPages.Map(admins);
        OperationsPages.Map(admins);
    }
}
