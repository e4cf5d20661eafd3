using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Web.Console.Approvals;
using Workflows.Web.Console.Board;
using Workflows.Web.Console.Deals;
using Workflows.Web.Console.Mails;
using Workflows.Web.Console.Operations;
using Workflows.Web.Console.Receivables;
using Workflows.Web.Console.Reviews;
using Workflows.Web.Console.Webhooks;
using Workflows.Web.Keys;

namespace Workflows.Web.Console;

/// <summary>The console: pages for staff who signed in.</summary>
internal static class ConsoleRoutes
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<BoardReader>();
        services.AddSingleton<DealPageReader>();
        services.AddSingleton<PaymentForms>();
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        var staff = routes.MapGroup("").RequireAuthorization(Access.Staff).ExcludeFromDescription();
        BoardRoutes.Map(staff);
        DealPageRoutes.Map(staff);
        ApprovalPageRoutes.Map(staff);
        ReceivablesRoutes.Map(staff);
        InvoicePageRoutes.Map(staff);
        ReviewPageRoutes.Map(staff);
        MailPageRoutes.Map(staff);
        WebhookPageRoutes.Map(staff);
        OperationsRoutes.Map(staff);
    }
}
