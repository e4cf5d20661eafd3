using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Workflows.Lifecycle;
using Workflows.Orders;
using Workflows.Policies;
using Workflows.Quotations;
using Workflows.Trade;
using Workflows.Web.Idempotency;
using Workflows.Web.Keys;
using Workflows.Web.OpenApi;
using Workflows.Web.Problems;
using Workflows.Web.Requests;

namespace Workflows.Web.Api.Deals;

using SignalResult = Results<Ok<DealResponse>, Accepted<DealResponse>>;

/// <summary>Deals: lists, one deal, and what people tell it.</summary>
internal static class DealRoutes
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/deals").WithTags("Deals");
        group.MapGet("", ListAsync).RequireAuthorization(Access.Staff)
            .WithSummary("List deals, the latest taken in first within each stage").Problems(400, 401, 403, 429);
        group.MapGet("/{id}", GetAsync).RequireAuthorization(Access.Staff)
            .WithSummary("One deal with its timeline, approvals and invoices").Problems(401, 403, 404, 429);
        Signal(group.MapPost("/{id}/answer", AnswerAsync), Access.Sales, "Record the buyer's answer to a quotation");
        Signal(group.MapPost("/{id}/milestones", ReachAsync), Access.Operations, "Record production, shipment, documents or delivery");
        Signal(group.MapPost("/{id}/handover", HandOverAsync), Access.Managers, "Give the deal to another owner");
        Signal(group.MapPost("/{id}/reply", ReplyAsync), Access.Sales, "Record that a human answered the buyer");
        Signal(group.MapPost("/{id}/giveup", GiveUpAsync), Access.Sales, "Stop: lost before the order, cancelled after it");

        static void Signal(RouteHandlerBuilder route, string access, string summary) => route
            .RequireAuthorization(access)
            .MaybeOncePerKey()
            .WithSummary(summary)
            .Problems(400, 401, 403, 404, 409, 413, 415, 422, 429, 503);
    }

    private static async Task<Ok<ListPage<DealSummary>>> ListAsync(
        [Choice(typeof(Stage))] string? stage, string? owner, string? customer, int? limit, string? cursor,
        DealService deals, CancellationToken cancellation)
    {
        var only = Paging.ChoiceOf<Stage>("stage", stage);
        var page = await Paging.Of(limit, cursor)
            .ReadAsync((size, from) => new DealListing(deals).ReadAsync(only, size, from, cancellation));
        return TypedResults.Ok(page with
        {
            Items = [.. page.Items.Where(deal =>
                (owner is null || deal.Owner?.Value == owner) && (customer is null || deal.Customer?.Value == customer))],
        });
    }

    private static async Task<Ok<DealResponse>> GetAsync(string id, DealReader reader, CancellationToken cancellation) =>
        TypedResults.Ok(await reader.ReadAsync(RouteIds.Deal(id), cancellation));

    internal static async Task<SignalResult> AnswerAsync(
        string id, Body<AnswerRequest> body, Actor actor, OperationId operation, DealService deals, DealSignals signals, CancellationToken cancellation)
    {
        var (request, dealId) = (body.Value, RouteIds.Deal(id));
        new SemanticErrors()
            .Check(request.Answer != BuyerAnswerKind.Counter || request.CounterPrice is not null, "/counterPrice", "Must be there with Counter.")
            .Check(request.Answer == BuyerAnswerKind.Counter || request.CounterPrice is null, "/counterPrice", "Only with Counter.")
            .Check(request.Answer == BuyerAnswerKind.Accepted || request.PurchaseOrder is null, "/purchaseOrder", "Only with Accepted.")
            .ThrowIfAny();
        var number = request.Quotation ?? (await deals.FindAsync(dealId, cancellation))?.Quotation?.Number ?? "";
        var answer = new BuyerAnswer(request.Answer, number, request.CounterPrice, request.PurchaseOrder, request.Comment);
        return await signals.SignalAsync(dealId, new BuyerAnswered(operation.Value, actor.Id, answer), cancellation);
    }

    internal static async Task<SignalResult> ReachAsync(
        string id, Body<MilestoneRequest> body, Actor actor, OperationId operation, DealService deals, DealSignals signals,
        PolicyStore policies, TimeProvider clock, CancellationToken cancellation)
    {
        var (request, dealId, company) = (body.Value, RouteIds.Deal(id), policies.Current.Company);
        var today = company.DayOf(clock.GetUtcNow());
        var inquiry = request.Date is null ? null : (await deals.FindAsync(dealId, cancellation))?.Inquiry;
        new SemanticErrors()
            .Check(
                request.Date is not { } day || inquiry is null || day >= company.DayOf(inquiry.ReceivedAt),
                "/date", "Must not be before the inquiry.", ProblemType.DateInvalid)
            .Check(request.Date is not { } date || date <= today, "/date", "Must not be in the future.", ProblemType.DateInvalid)
            .ThrowIfAny();
        var milestone = new Milestone(request.Milestone, request.Date ?? today, request.Reference);
        return await signals.SignalAsync(dealId, new MilestoneReached(operation.Value, actor.Id, milestone), cancellation);
    }

    internal static Task<SignalResult> HandOverAsync(
        string id, Body<HandoverRequest> body, Actor actor, OperationId operation, DealSignals signals,
        PolicyStore policies, CancellationToken cancellation)
    {
        var (to, reason) = body.Value;
        new SemanticErrors()
            .Check(policies.Current.FindStaff(to) is not null, "/to", "Must be a member of staff.", ProblemType.ChoiceInvalid)
            .ThrowIfAny();
        return signals.SignalAsync(RouteIds.Deal(id), new HandedOver(operation.Value, actor.Id, to, reason), cancellation);
    }

    internal static Task<SignalResult> ReplyAsync(
        string id, Body<ReplyRequest> body, Actor actor, OperationId operation, DealSignals signals, CancellationToken cancellation) =>
        signals.SignalAsync(RouteIds.Deal(id), new Replied(operation.Value, actor.Id, body.Value.Channel), cancellation);

    internal static Task<SignalResult> GiveUpAsync(
        string id, Body<GiveUpRequest> body, Actor actor, OperationId operation, DealSignals signals, CancellationToken cancellation) =>
        signals.SignalAsync(RouteIds.Deal(id), new GivenUp(operation.Value, actor.Id, body.Value.Reason), cancellation);
}
