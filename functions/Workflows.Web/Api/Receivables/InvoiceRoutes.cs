using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Workflows.Receivables;
using Workflows.Trade;
using Workflows.Web.Idempotency;
using Workflows.Web.Keys;
using Workflows.Web.OpenApi;
using Workflows.Web.Problems;
using Workflows.Web.Requests;

namespace Workflows.Web.Api.Receivables;

using SignalResult = Results<Ok<Invoice>, Accepted<Invoice>>;

/// <summary>The buyer disputes an invoice, or a part of it.</summary>
/// <param name="Until">Last day of the pause, in the buyer's zone.</param>
/// <param name="Amount">The disputed part; left out, all that is open.</param>
internal sealed record DisputeRequest([Line(300)] string Reason, DateOnly Until, [Positive] Money? Amount = null);

/// <summary>What came of a dispute.</summary>
internal sealed record ResolutionRequest([Paragraph(2000)] string? Comment = null);

/// <summary>The buyer promises to pay.</summary>
/// <param name="Date">By which day, in the buyer's zone.</param>
internal sealed record PromiseRequest(DateOnly Date, [Paragraph(2000)] string? Comment = null);

/// <summary>What is open is to be given up. Somebody must approve it.</summary>
internal sealed record WriteOffRequest([Line(300)] string Reason);

/// <summary>An invoice with what happened to it.</summary>
/// <param name="History">Oldest first.</param>
internal sealed record InvoiceResponse(Invoice Invoice, IReadOnlyList<InvoiceEntry> History);

internal static class InvoiceRoutes
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/invoices").WithTags("Receivables");
        group.MapGet("", ListAsync).RequireAuthorization(Access.Staff)
            .WithSummary("List invoices of a deal, a customer, an owner or a status; left out, the overdue ones").Problems(400, 401, 403, 429);
        group.MapGet("/{id}", GetAsync).RequireAuthorization(Access.Staff)
            .WithSummary("One invoice with its history").Problems(401, 403, 404, 429);
        Tell(group.MapPost("/{id}/disputes", DisputeAsync), "Take a disputed part out of the reminders");
        Tell(group.MapPost("/{id}/disputes/resolution", ResolveAsync), "End a dispute: what is open is chased again");
        Tell(group.MapPost("/{id}/promises", PromiseAsync), "Record a promise to pay; reminders wait for it, once");
        Tell(group.MapPost("/{id}/writeoff", WriteOffAsync), "Ask for approval to give up what is open");
        Tell(group.MapPost("/{id}/credit", UseCreditAsync), "Pay from the customer's own credit");

        static void Tell(RouteHandlerBuilder route, string summary) => route
            .RequireAuthorization(Access.SalesOrFinance)
            .OncePerKey()
            .WithSummary(summary)
            .Problems(400, 401, 403, 404, 409, 413, 415, 422, 429, 503);
    }

    private static async Task<Ok<ListPage<Invoice>>> ListAsync(
        string? deal, [Choice(typeof(InvoiceStatus))] string? status, string? customer, string? owner, int? limit, string? cursor,
        InvoiceService service, CancellationToken cancellation)
    {
        var only = Paging.ChoiceOf<InvoiceStatus>("status", status);
        if (deal is not null)
        {
            var ofDeal = await service.OfDealAsync(RouteIds.Deal(deal), cancellation);
            return TypedResults.Ok(new ListPage<Invoice>([.. ofDeal.Where(invoice => only is null || invoice.Status == only)], null));
        }

        var filter = (customer, owner) switch
        {
            ({ } id, _) => InvoiceFilter.Of(RouteIds.Customer(id)),
            (_, { } id) => InvoiceFilter.Of(RouteIds.Staff(id)),
            _ => InvoiceFilter.Of(only ?? InvoiceStatus.Overdue),
        };
        var page = await Paging.Of(limit, cursor).ReadAsync((size, from) => service.ListAsync(filter, size, from, cancellation));
        return TypedResults.Ok(new ListPage<Invoice>(
            [.. page.Invoices.Where(invoice => (only is null || invoice.Status == only) && (owner is null || invoice.Owner.Value == owner))],
            page.Continuation));
    }

    private static async Task<Ok<InvoiceResponse>> GetAsync(string id, InvoiceService service, CancellationToken cancellation)
    {
        var invoiceId = RouteIds.Invoice(id);
        var invoice = await service.FindAsync(invoiceId, cancellation) ?? throw new ProblemException(ProblemType.NotFound);
        return TypedResults.Ok(new InvoiceResponse(invoice, await service.HistoryAsync(invoiceId, cancellation)));
    }

    internal static async Task<SignalResult> DisputeAsync(
        string id, Body<DisputeRequest> body, Actor actor, OperationId operation, InvoiceService service, CancellationToken cancellation) =>
        Answer(await service.DisputeAsync(
            RouteIds.Invoice(id), operation.Value, actor.Id, body.Value.Amount, body.Value.Reason, body.Value.Until, cancellation));

    internal static async Task<SignalResult> ResolveAsync(
        string id, Body<ResolutionRequest> body, Actor actor, OperationId operation, InvoiceService service, CancellationToken cancellation) =>
        Answer(await service.ResolveAsync(RouteIds.Invoice(id), operation.Value, actor.Id, body.Value.Comment, cancellation));

    internal static async Task<SignalResult> PromiseAsync(
        string id, Body<PromiseRequest> body, Actor actor, OperationId operation, InvoiceService service, CancellationToken cancellation) =>
        Answer(await service.PromiseAsync(
            RouteIds.Invoice(id), operation.Value, actor.Id, body.Value.Date, body.Value.Comment, cancellation));

    internal static async Task<SignalResult> WriteOffAsync(
        string id, Body<WriteOffRequest> body, Actor actor, OperationId operation, InvoiceService service, CancellationToken cancellation) =>
        Answer(await service.RequestWriteOffAsync(RouteIds.Invoice(id), operation.Value, actor.Id, body.Value.Reason, cancellation));

    private static async Task<SignalResult> UseCreditAsync(
        string id, Actor actor, OperationId operation, InvoiceService service, CancellationToken cancellation)
    {
        // Each credit pays an invoice once by itself; the key only replays the answer.
        _ = operation;
        return Answer(await service.UseCreditAsync(RouteIds.Invoice(id), actor.Id, cancellation));
    }

    private static SignalResult Answer(InvoiceReceipt receipt) => receipt.Outcome switch
    {
        InvoiceOutcome.NotFound => throw new ProblemException(ProblemType.NotFound),
        InvoiceOutcome.Refused => throw new ProblemException(ProblemType.Conflict, receipt.Reason),
        InvoiceOutcome.Accepted => TypedResults.Accepted($"/api/invoices/{receipt.Invoice!.Id}", receipt.Invoice),
        _ => TypedResults.Ok(receipt.Invoice!),
    };
}
