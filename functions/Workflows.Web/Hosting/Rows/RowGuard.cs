using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Web.Hosting.Problems;
using Workflows.Web.Hosting.Requests;
using Workflows.Web.Mail;

namespace Workflows.Web.Hosting.Rows;

/// <summary>
/// Lets a request through to the row of its address when the caller may see or change it. It runs before the body is
/// read and before any handler, so that no handler can forget it. A row out of the caller's sight is answered as one
/// that is not there; one that they see and may not change, as forbidden.
/// </summary>
internal static class RowGuard
{
    /// <exception cref="ProblemException">404 or 403.</exception>
    /// <exception cref="InvalidOperationException">The route does not say whose rows it opens.</exception>
    public static async Task CheckAsync(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint() is RouteEndpoint route)
        {
            var declaration = route.Metadata.GetMetadata<RowDeclaration>() ?? throw new InvalidOperationException(
                $"The route {route.RoutePattern.RawText} does not say whose rows it opens.");
            if (declaration.Access is RowAccess.See or RowAccess.Change)
            {
                await CheckAsync(context, declaration);
            }
        }

        await next(context);
    }

    private static async Task CheckAsync(HttpContext context, RowDeclaration declaration)
    {
        var rights = RowRights.Of(context) ?? throw new ProblemException(ProblemType.Unauthorized);
        if (declaration.Access == RowAccess.See ? rights.SeesAll : rights.ChangesAll)
        {
            return;
        }

        var id = (string)context.GetRouteValue("id")!;
        if (declaration.Kind == RowKind.Mail)
        {
            if (!await IsMailSeenAsync(context, rights, id))
            {
                throw new ProblemException(ProblemType.NotFound);
            }

            return;
        }

        var row = await FindAsync(context, declaration.Kind, id);
        if (row is null || !rights.Sees(row))
        {
            throw new ProblemException(ProblemType.NotFound);
        }

        if (declaration.Access == RowAccess.Change && !rights.Changes(row))
        {
            throw new ProblemException(
                ProblemType.Forbidden, "You may look at it. Its owner, or a person who leads them, may change it.");
        }
    }

    private static Task<RowOwner?> FindAsync(HttpContext context, RowKind kind, string id)
    {
        var owners = context.RequestServices.GetRequiredService<RowOwners>();
        var cancellation = context.RequestAborted;
        return kind switch
        {
            RowKind.Deal => owners.OfNewDealAsync(RouteIds.Deal(id), cancellation),
            RowKind.Invoice => owners.OfInvoiceAsync(RouteIds.Invoice(id), cancellation),
            RowKind.Approval => owners.OfApprovalAsync(RouteIds.Approval(id), cancellation),
            RowKind.Customer => owners.OfCustomerAsync(RouteIds.Customer(id), cancellation),
            _ => throw new InvalidOperationException($"{kind} has no owner."),
        };
    }

    private static async Task<bool> IsMailSeenAsync(HttpContext context, RowRights rights, string id) =>
        id.Length <= MailPages.LongestId
        && await context.RequestServices.GetRequiredService<IMailOutbox>().GetAsync(id, context.RequestAborted)
            is { } record
        && await context.RequestServices.GetRequiredService<VisibleRows>()
            .LookAtAsync(rights, record, context.RequestAborted) is not null;
}
