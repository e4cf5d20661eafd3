using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Workflows.Receivables;
using Workflows.Receivables.Payments;
using Workflows.Web.Hosting.Idempotency;
using Workflows.Web.Hosting.Keys;
using Workflows.Web.Hosting.OpenApi;
using Workflows.Web.Hosting.Requests;
using Workflows.Web.Hosting.Rows;

namespace Workflows.Web.Payments;

/// <summary>
/// Payments. What cannot be placed for certain is kept for a person, never guessed and never converted.
/// </summary>
internal static class PaymentEndpoints
{
    /// <summary>Why payments have no owner.</summary>
    public const string WhoseverTheInvoiceIs = "Finance places payments, whosever the invoice is.";

    public static void Map(IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/payments")
            .RequireAuthorization(Permissions.TakePayments)
            .HasNoRow(WhoseverTheInvoiceIs)
            .WithTags("Receivables");
        group.MapPost("", ReceiveAsync)
            .OncePerKey()
            .WithSummary("Take in a payment")
            .WithDescription(
                "201 when it was new, whatever became of it: the outcome says whether it is on its invoice or waits "
                    + "for a person. 200 when it is a bank entry that was taken in before: the same Idempotency-Key, or "
                    + "the same in all that the bank gives. A placeholder such as NOTPROVIDED is no reference. "
                    + "What may be an entry that is known is kept as PossibleDuplicate.")
            .Problems(400, 401, 403, 409, 413, 415, 422, 429, 503);
        group.MapGet("", ListAsync)
            .WithSummary("List the payments of a bank's reference")
            .WithDescription("What came in under it, and what became of each. A placeholder names none.")
            .Problems(400, 401, 403, 422, 429);
        group.MapGet("/open", ListOpenAsync)
            .WithSummary("List payments that wait for a person")
            .Problems(400, 401, 403, 429);
        group.MapPost("/assignments", AssignAsync)
            .OncePerKey()
            .WithSummary("Put a payment that waits on an invoice")
            .WithDescription(
                "Without an invoice the payment's own words decide: so a possible duplicate is booked as a payment of "
                    + "its own.")
            .Problems(400, 401, 403, 409, 413, 415, 422, 429, 503);
        group.MapPost("/reversals", TakeBackAsync)
            .OncePerKey()
            .WithSummary("Take a payment off the invoice that it is wrongly on")
            .WithDescription(
                "The invoice is open again by what it had paid, and chased; what it released is held again. With an "
                    + "invoice the payment goes there, without one it waits for a person to place it.")
            .Problems(400, 401, 403, 409, 413, 415, 422, 429, 503);
        group.MapPost("/settlements", SettleAsync)
            .OncePerKey()
            .WithSummary("Settle a payment that waits without an invoice")
            .WithDescription(
                "Returned to its bank, NotOurs, Converted and taken in again in the other currency, or the SameEntry "
                    + "as the payment that it may be a duplicate of. It leaves the list, and keeps the reason.")
            .Problems(400, 401, 403, 409, 413, 415, 422, 429, 503);
    }

    private static async Task<Ok<PaymentReceipt>> TakeBackAsync(
        Body<ReversalRequest> body, Actor actor, PaymentCommands commands, CancellationToken cancellation) =>
        TypedResults.Ok(await commands.TakeBackAsync(body.Value, actor.Id, cancellation));

    private static async Task<Results<Created<PaymentReceipt>, Ok<PaymentReceipt>>> ReceiveAsync(
        Body<PaymentRequest> body, Submission submission, PaymentCommands commands, CancellationToken cancellation)
    {
        var receipt = await commands.ReceiveAsync(body.Value, submission, cancellation);
        return receipt.Outcome == PaymentOutcome.Duplicate
            ? TypedResults.Ok(receipt)
            : TypedResults.Created((string?)null, receipt);
    }

    private static async Task<Ok<ListPage<ReceivedPayment>>> ListOpenAsync(
        int? limit, string? cursor, PaymentService service, CancellationToken cancellation)
    {
        var page = await Paging.Of(limit, cursor)
            .ReadAsync((size, from) => service.ListOpenAsync(size, from, cancellation));
        return TypedResults.Ok(ListPage.Of(page));
    }

    private static async Task<Ok<PaymentReceipt>> AssignAsync(
        Body<AssignmentRequest> body, Actor actor, PaymentCommands commands, CancellationToken cancellation) =>
        TypedResults.Ok(await commands.AssignAsync(body.Value, actor.Id, cancellation));

    private static async Task<Ok<PaymentReceipt>> SettleAsync(
        Body<SettlementRequest> body, Actor actor, PaymentCommands commands, CancellationToken cancellation) =>
        TypedResults.Ok(await commands.SettleAsync(body.Value, actor.Id, cancellation));

    private static async Task<Ok<ListPage<ReceivedPayment>>> ListAsync(
        string? reference, PaymentCommands commands, CancellationToken cancellation) =>
        TypedResults.Ok(await commands.OfReferenceAsync(reference, cancellation));
}
