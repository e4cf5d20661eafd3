using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Workflows.Receivables;
using Workflows.Receivables.History;
using Workflows.Signals;
using Workflows.Trade;
using Workflows.Web.Hosting.Idempotency;
using Workflows.Web.Hosting.OpenApi;
using Workflows.Web.Hosting.Problems;
using Workflows.Web.Hosting.Requests;
using Workflows.Web.Hosting.Rows;

namespace Workflows.Web.Receivables;

using SignalResult = Results<Ok<Invoice>, Accepted<Invoice>>;

/// <summary>An invoice with what happened to it.</summary>
/// <param name="History">Oldest first.</param>
internal sealed record InvoiceResponse(Invoice Invoice, IReadOnlyList<InvoiceEntryResponse> History);

/// <summary>One row of an invoice's history.</summary>
/// <param name="Number">From 1, without gaps.</param>
/// <param name="Status">The status it left the invoice in.</param>
/// <param name="What">For people, one line.</param>
/// <param name="Why">The reason, when there is one to give.</param>
internal sealed record InvoiceEntryResponse(
    int Number, StaffId Who, DateTimeOffset When, InvoiceStatus Status, string What, string? Why)
{
    public static InvoiceEntryResponse Of(InvoiceEntry entry) => new(
        entry.Number,
        entry.Who,
        entry.When,
        entry.Status,
        InvoiceEventText.What(entry.What),
        InvoiceEventText.Why(entry.What));
}

internal static class InvoiceEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/invoices").WithTags("Receivables");
        group.MapGet("", ListAsync).RequireAuthorization(Permissions.SeeInvoices).ListsRows(RowKind.Invoice)
            .WithSummary("List invoices of a deal, a customer, an owner or a status; left out, the overdue ones")
            .Problems(400, 401, 403, 429);
        group.MapGet("/{id}", GetAsync).RequireAuthorization(Permissions.SeeInvoices).SeesRow(RowKind.Invoice)
            .WithSummary("One invoice with its history").Problems(401, 403, 404, 429);
        Change(group.MapPost("/{id}/disputes", DisputeAsync), "Take a disputed part out of the reminders");
        Change(group.MapPost("/{id}/disputes/resolution", ResolveAsync), "End a dispute: its part is chased again");
        Change(group.MapPost("/{id}/promises", PromiseAsync), "Record a promise to pay; reminders wait for it");
        Change(group.MapPost("/{id}/writeoff", WriteOffAsync), "Ask for approval to give up what is open");
        Change(group.MapPost("/{id}/credit", UseBalanceAsync), "Pay from the customer's own credit");

        static void Change(RouteHandlerBuilder route, string summary) => route
            .RequireAuthorization(Permissions.ChangeInvoice)
            .ChangesRow(RowKind.Invoice)
            .OncePerKey()
            .WithSummary(summary)
            .Problems(400, 401, 403, 404, 409, 413, 415, 422, 429, 503);
    }

    private static async Task<Ok<ListPage<Invoice>>> ListAsync(
        string? deal, [Choice(typeof(InvoiceStatus))] string? status, string? customer, string? owner, int? limit,
        string? cursor, RowRights rights, VisibleRows rows, InvoiceService service, CancellationToken cancellation)
    {
        var only = Paging.ChoiceOf<InvoiceStatus>("status", status);
        if (deal is not null)
        {
            var ofDeal = await rows.AllAsync(
                rights, await service.OfDealAsync(RouteIds.Deal(deal), cancellation), cancellation);
            return TypedResults.Ok(new ListPage<Invoice>(
                [.. ofDeal.Where(invoice => only is null || invoice.Status == only)], null));
        }

        var filter = (customer, owner) switch
        {
            ({ } id, _) => InvoiceFilter.Of(RouteIds.Customer(id)),
            (_, { } id) => InvoiceFilter.Of(RouteIds.Staff(id)),
            _ => InvoiceFilter.Of(only ?? InvoiceStatus.Overdue),
        };
        var page = await Paging.Of(limit, cursor).ReadAsync((size, from) => rows.InvoicesAsync(
            rights, size, from,
            (most, start) => service.ListAsync(filter, most, start, cancellation), cancellation));
        return TypedResults.Ok(new ListPage<Invoice>(
            [.. page.Items.Where(invoice =>
                (only is null || invoice.Status == only) && (owner is null || invoice.Owner.Value == owner))],
            page.Continuation));
    }

    private static async Task<Ok<InvoiceResponse>> GetAsync(
        string id, RowRights rights, RowOwners owners, InvoiceService service, CancellationToken cancellation)
    {
        var invoiceId = RouteIds.Invoice(id);
        var invoice = await service.FindAsync(invoiceId, cancellation)
            ?? throw new ProblemException(ProblemType.NotFound);
        var history = await service.HistoryAsync(invoiceId, cancellation);
        var fields = rights.FieldsOf(await owners.OfInvoiceAsync(invoice, cancellation));
        return TypedResults.Ok(new InvoiceResponse(fields.Of(invoice), [.. history.Select(InvoiceEntryResponse.Of)]));
    }

    private static async Task<SignalResult> DisputeAsync(
        string id, Body<DisputeRequest> body, Submission submission, RowRights rights, InvoiceCommands commands,
        CancellationToken cancellation) =>
        Answer(await commands.DisputeAsync(RouteIds.Invoice(id), body.Value, submission, cancellation), rights);

    private static async Task<SignalResult> ResolveAsync(
        string id, Body<ResolutionRequest> body, Submission submission, RowRights rights, InvoiceCommands commands,
        CancellationToken cancellation) =>
        Answer(await commands.ResolveAsync(RouteIds.Invoice(id), body.Value, submission, cancellation), rights);

    private static async Task<SignalResult> PromiseAsync(
        string id, Body<PromiseRequest> body, Submission submission, RowRights rights, InvoiceCommands commands,
        CancellationToken cancellation) =>
        Answer(await commands.PromiseAsync(RouteIds.Invoice(id), body.Value, submission, cancellation), rights);

    private static async Task<SignalResult> WriteOffAsync(
        string id, Body<WriteOffRequest> body, Submission submission, RowRights rights, InvoiceCommands commands,
        CancellationToken cancellation) =>
        Answer(await commands.WriteOffAsync(RouteIds.Invoice(id), body.Value, submission, cancellation), rights);

    private static async Task<SignalResult> UseBalanceAsync(
        string id, Submission submission, RowRights rights, InvoiceCommands commands,
        CancellationToken cancellation) =>
        Answer(await commands.UseBalanceAsync(RouteIds.Invoice(id), submission, cancellation), rights);

    // Who may change an invoice sees what is left out for others, so that its owner need not be asked again.
    private static SignalResult Answer(SignalReceipt<Invoice> receipt, RowRights rights)
    {
        var invoice = new FieldRights(rights.Actor.Role, MayChange: true).Of(receipt.StateOrProblem());
        return receipt.Outcome == SignalOutcome.Accepted
            ? TypedResults.Accepted($"/api/invoices/{invoice.Id}", invoice)
            : TypedResults.Ok(invoice);
    }
}
