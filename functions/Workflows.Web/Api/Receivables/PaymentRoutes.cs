using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Workflows.Policies;
using Workflows.Receivables;
using Workflows.Receivables.Payments;
using Workflows.Trade;
using Workflows.Web.Idempotency;
using Workflows.Web.Keys;
using Workflows.Web.OpenApi;
using Workflows.Web.Problems;
using Workflows.Web.Requests;

namespace Workflows.Web.Api.Receivables;

/// <summary>Money that came in.</summary>
/// <param name="Reference">The bank's own reference: the same one again is the same payment.</param>
/// <param name="Amount">In the currency it came in.</param>
/// <param name="Invoice">The invoice's id or number; left out, the remittance text decides.</param>
/// <param name="ValueDate">In the company's zone; left out, today.</param>
/// <param name="Remitter">Who paid.</param>
/// <param name="RemittanceText">What they wrote.</param>
internal sealed record PaymentRequest(
    [Line(140)] string Reference,
    [Positive] Money Amount,
    [Line(100)] string? Invoice = null,
    DateOnly? ValueDate = null,
    [Line(140)] string? Remitter = null,
    [Paragraph(1000)] string? RemittanceText = null);

/// <summary>Where a payment that waits for a person belongs.</summary>
/// <param name="Reference">The bank's.</param>
internal sealed record AssignmentRequest([Line(140)] string Reference, InvoiceId Invoice);

/// <summary>Payments. What cannot be placed for certain is kept for a person, never guessed and never converted.</summary>
internal static class PaymentRoutes
{
    // Older than any claim that could still be paid: a slip of the finger.
    private const int OldestYears = 10;

    public static void Map(IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/payments").RequireAuthorization(Access.Finance).WithTags("Receivables");
        group.MapPost("", ReceiveAsync)
            .OncePerKey()
            .WithSummary("Take in a payment")
            .WithDescription("201 when it was new, whatever became of it: the outcome says whether it is on its invoice or waits for a person. 200 when the bank's reference was known.")
            .Problems(400, 401, 403, 409, 413, 415, 422, 429, 503);
        group.MapGet("/open", ListOpenAsync).WithSummary("List payments that wait for a person").Problems(400, 401, 403, 429);
        group.MapPost("/assignments", AssignAsync)
            .OncePerKey()
            .WithSummary("Put a payment that waits on an invoice")
            .Problems(400, 401, 403, 409, 413, 415, 422, 429, 503);
    }

    internal static async Task<Results<Created<PaymentReceipt>, Ok<PaymentReceipt>>> ReceiveAsync(
        Body<PaymentRequest> body, Actor actor, PaymentService service, PolicyStore policies, TimeProvider clock, CancellationToken cancellation)
    {
        var request = body.Value;
        var today = policies.Current.Company.DayOf(clock.GetUtcNow());
        new SemanticErrors()
            .Check(request.ValueDate is not { } date || date <= today.AddDays(7), "/valueDate", "At most a week ahead.", ProblemType.DateInvalid)
            .Check(
                request.ValueDate is not { } past || past >= today.AddYears(-OldestYears),
                "/valueDate", $"At most {OldestYears} years ago.", ProblemType.DateInvalid)
            .ThrowIfAny();
        var payment = new Payment(
            request.Reference, request.Invoice, request.Amount, request.ValueDate ?? today, request.Remitter, request.RemittanceText);
        var receipt = await service.ReceiveAsync(payment, actor.Id, cancellation);
        return receipt.Outcome switch
        {
            PaymentOutcome.Refused => throw new ProblemException(ProblemType.Invalid, receipt.Message),
            PaymentOutcome.Conflict => throw new ProblemException(ProblemType.Conflict, receipt.Message),
            PaymentOutcome.Duplicate => TypedResults.Ok(receipt),
            _ => TypedResults.Created((string?)null, receipt),
        };
    }

    private static async Task<Ok<ListPage<ReceivedPayment>>> ListOpenAsync(
        int? limit, string? cursor, PaymentService service, CancellationToken cancellation)
    {
        var page = await Paging.Of(limit, cursor).ReadAsync((size, from) => service.ListOpenAsync(size, from, cancellation));
        return TypedResults.Ok(new ListPage<ReceivedPayment>(page.Payments, page.Continuation));
    }

    internal static async Task<Ok<PaymentReceipt>> AssignAsync(
        Body<AssignmentRequest> body, Actor actor, PaymentService service, CancellationToken cancellation)
    {
        var receipt = await service.AssignAsync(
            body.Value.Reference, RouteIds.Invoice(body.Value.Invoice.Value), actor.Id, cancellation);
        return receipt.Outcome is PaymentOutcome.Booked or PaymentOutcome.Credited or PaymentOutcome.Duplicate
            ? TypedResults.Ok(receipt)
            : throw new ProblemException(ProblemType.Conflict, receipt.Message);
    }
}
