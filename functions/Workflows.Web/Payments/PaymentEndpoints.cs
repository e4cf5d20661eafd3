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
                    + "for " +
                "a person. 200 when the bank's reference was known.")
            .Problems(400, 401, 403, 409, 413, 415, 422, 429, 503);
        group.MapGet("/open", ListOpenAsync)
            .WithSummary("List payments that wait for a person")
            .Problems(400, 401, 403, 429);
        group.MapPost("/assignments", AssignAsync)
            .OncePerKey()
            .WithSummary("Put a payment that waits on an invoice")
            .Problems(400, 401, 403, 409, 413, 415, 422, 429, 503);
    }

    private static async Task<Results<Created<PaymentReceipt>, Ok<PaymentReceipt>>> ReceiveAsync(
        Body<PaymentRequest> body, Actor actor, PaymentCommands commands, CancellationToken cancellation)
    {
        var receipt = await commands.ReceiveAsync(body.Value, actor.Id, cancellation);
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
}
