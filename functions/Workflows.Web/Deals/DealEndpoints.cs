using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Workflows.Lifecycle;
using Workflows.Web.Hosting.Idempotency;
using Workflows.Web.Hosting.OpenApi;
using Workflows.Web.Hosting.Requests;
using Workflows.Web.Hosting.Rows;

namespace Workflows.Web.Deals;

using SignalResult = Results<Ok<DealResponse>, Accepted<DealResponse>>;

/// <summary>Deals: lists, one deal, and what people do to it.</summary>
internal static class DealEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/deals").WithTags("Deals");
        group.MapGet("", ListAsync).RequireAuthorization(Permissions.SeeDeals).ListsRows(RowKind.Deal)
            .WithSummary("List deals, the latest taken in first within each stage").Problems(400, 401, 403, 429);
        group.MapGet("/{id}", GetAsync).RequireAuthorization(Permissions.SeeDeals).SeesRow(RowKind.Deal)
            .WithSummary("One deal with the end of its timeline, approvals and invoices").Problems(401, 403, 404, 429);
        group.MapGet("/{id}/timeline", ListTimelineAsync)
            .RequireAuthorization(Permissions.SeeDeals)
            .SeesRow(RowKind.Deal)
            .WithSummary("A deal's whole timeline, the latest first").Problems(400, 401, 403, 404, 429);
        Signal(
            group.MapPost("/{id}/answer", AnswerAsync), Permissions.RecordAnswer,
            "Record the buyer's answer to a quotation");
        Signal(
            group.MapPost("/{id}/milestones", ReachAsync), Permissions.RecordMilestone,
            "Record production, shipment, documents or delivery");
        Signal(
            group.MapPost("/{id}/handover", HandOverAsync), Permissions.HandOver, "Give the deal to another owner");
        Signal(
            group.MapPost("/{id}/reply", ReplyAsync), Permissions.RecordReply,
            "Record that a human answered the buyer");
        Signal(
            group.MapPost("/{id}/giveup", GiveUpAsync), Permissions.GiveUp,
            "Stop: lost before the order, cancelled after it");
        Signal(
            group.MapPost("/{id}/spam", DiscardAsync), Permissions.Discard,
            "Reject an inquiry as spam before its order: it leaves the numbers and is no lost deal");
        Signal(
            group.MapPost("/{id}/reinstate", ReinstateAsync), Permissions.Reinstate,
            "Let a rejected inquiry go on, within 30 days");

        static void Signal(RouteHandlerBuilder route, string access, string summary) => route
            .RequireAuthorization(access)
            .ChangesRow(RowKind.Deal)
            .MaybeOncePerKey()
            .WithSummary(summary)
            .Problems(400, 401, 403, 404, 409, 413, 415, 422, 429, 503);
    }

    private static async Task<Ok<ListPage<DealLine>>> ListAsync(
        [Choice(typeof(Stage))] string? stage, string? owner, string? customer, int? limit, string? cursor,
        RowRights rights, VisibleRows rows, DealService deals, CancellationToken cancellation)
    {
        var only = Paging.ChoiceOf<Stage>("stage", stage);
        var page = await Paging.Of(limit, cursor).ReadAsync((size, from) => rows.DealsAsync(
            rights, size, from,
            (most, start) => new DealListing(deals).ReadAsync(only, most, start, cancellation)));
        var asked = page.Items.Where(deal =>
            (owner is null || deal.Owner?.Value == owner) && (customer is null || deal.Customer?.Value == customer));
        return TypedResults.Ok(new ListPage<DealLine>([.. asked.Select(DealLine.Of)], page.Continuation));
    }

    private static async Task<Ok<DealResponse>> GetAsync(
        string id, RowRights rights, DealReader reader, CancellationToken cancellation) =>
        TypedResults.Ok(await reader.ReadAsync(RouteIds.Deal(id), rights, cancellation));

    private static async Task<Ok<ListPage<TimelineLine>>> ListTimelineAsync(
        string id, int? limit, string? cursor, RowRights rights, DealReader reader, CancellationToken cancellation) =>
        TypedResults.Ok(await Paging.Of(limit, cursor).ReadAsync(
            (size, from) => reader.ReadTimelineAsync(RouteIds.Deal(id), rights, size, from, cancellation)));

    private static async Task<SignalResult> AnswerAsync(
        string id, Body<AnswerRequest> body, Submission submission, RowRights rights, DealCommands commands,
        DealAnswers answers, CancellationToken cancellation) =>
        await answers.ToAsync(
            await commands.AnswerAsync(RouteIds.Deal(id), body.Value, submission, cancellation), rights, cancellation);

    private static async Task<SignalResult> ReachAsync(
        string id, Body<MilestoneRequest> body, Submission submission, RowRights rights, DealCommands commands,
        DealAnswers answers, CancellationToken cancellation) =>
        await answers.ToAsync(
            await commands.ReachAsync(RouteIds.Deal(id), body.Value, submission, cancellation), rights, cancellation);

    private static async Task<SignalResult> HandOverAsync(
        string id, Body<HandoverRequest> body, Submission submission, RowRights rights, DealCommands commands,
        DealAnswers answers, CancellationToken cancellation) =>
        await answers.ToAsync(
            await commands.HandOverAsync(RouteIds.Deal(id), body.Value, submission, cancellation), rights,
            cancellation);

    private static async Task<SignalResult> ReplyAsync(
        string id, Body<ReplyRequest> body, Submission submission, RowRights rights, DealCommands commands,
        DealAnswers answers, CancellationToken cancellation) =>
        await answers.ToAsync(
            await commands.ReplyAsync(RouteIds.Deal(id), body.Value, submission, cancellation), rights, cancellation);

    private static async Task<SignalResult> GiveUpAsync(
        string id, Body<GiveUpRequest> body, Submission submission, RowRights rights, DealCommands commands,
        DealAnswers answers, CancellationToken cancellation) =>
        await answers.ToAsync(
            await commands.GiveUpAsync(RouteIds.Deal(id), body.Value, submission, cancellation), rights, cancellation);

    private static async Task<SignalResult> DiscardAsync(
        string id, Body<DiscardRequest> body, Submission submission, RowRights rights, DealCommands commands,
        DealAnswers answers, CancellationToken cancellation) =>
        await answers.ToAsync(
            await commands.DiscardAsync(RouteIds.Deal(id), body.Value, submission, cancellation), rights,
            cancellation);

    private static async Task<SignalResult> ReinstateAsync(
        string id, Body<ReinstateRequest> body, Submission submission, RowRights rights, DealCommands commands,
        DealAnswers answers, CancellationToken cancellation) =>
        await answers.ToAsync(
            await commands.ReinstateAsync(RouteIds.Deal(id), body.Value, submission, cancellation), rights,
            cancellation);
}
