using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Workflows.Web.Deals;
using Workflows.Web.Hosting.Idempotency;
using Workflows.Web.Hosting.OpenApi;
using Workflows.Web.Hosting.Requests;
using Workflows.Web.Hosting.Rows;

namespace Workflows.Web.Quotations;

internal static class QuotationEndpoints
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/deals/{id}/quotations", OfferAsync)
        .RequireAuthorization(Permissions.Quote)
        .ChangesRow(RowKind.Deal)
        .OncePerKey()
        .WithTags("Deals")
        .WithSummary("Put in a quotation")
        .WithDescription(
            "Within the salesperson's own limit it goes out at once; beyond it, with a cost that is not given, or "
                + "below the policy's floors, once an approver has allowed it. Meanwhile the buyer may accept the "
                + "last one that went out.")
        .Problems(400, 401, 403, 404, 409, 413, 415, 422, 429, 503);

    private static async Task<Results<Created<DealResponse>, Accepted<DealResponse>>> OfferAsync(
        string id, Body<QuotationRequest> body, Submission submission, RowRights rights, QuotationCommands commands,
        DealAnswers answers, CancellationToken cancellation) =>
        await answers.ToCreatingAsync(
            await commands.OfferAsync(RouteIds.Deal(id), body.Value, submission, cancellation), rights, cancellation);
}
