using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Workflows.Customers;
using Workflows.Inquiries;
using Workflows.Lifecycle;
using Workflows.Trade;
using Workflows.Web.Hosting.Idempotency;
using Workflows.Web.Hosting.OpenApi;
using Workflows.Web.Hosting.Problems;
using Workflows.Web.Hosting.Requests;
using Workflows.Web.Hosting.Rows;

namespace Workflows.Web.Inquiries;

/// <summary>An inquiry taken by hand.</summary>
/// <param name="Source">Where from: <c>fair</c>, <c>phone</c>, <c>mail</c> or <c>visit</c>.</param>
/// <param name="Buyer">Who asks.</param>
/// <param name="Products">What for.</param>
/// <param name="Incoterm">The delivery term asked for; needs a place.</param>
/// <param name="DestPort">The place or port of the delivery term.</param>
/// <param name="Message">In the buyer's words, or what was said.</param>
/// <param name="Language">The buyer's, ISO 639-1.</param>
/// <param name="Reference">
/// Your own number for it, such as of a note at a fair: the same one again, of the same buyer, is the same inquiry.
/// </param>
internal sealed record InquiryRequest(
    string Source,
    BuyerRecord Buyer,
    IReadOnlyList<ProductRecord>? Products = null,
    Incoterm? Incoterm = null,
    [Line(120)] string? DestPort = null,
    [Paragraph(200_000)] string? Message = null,
    [Language] string? Language = null,
    [Line(128)] string? Reference = null)
{
    private static readonly string[] Sources = ["fair", "phone", "mail", "visit"];

    public void Check() => new SemanticErrors()
        .Check(
            Sources.Contains(Source), "/source", $"Must be one of {string.Join(", ", Sources)}.",
            ProblemType.ChoiceInvalid)
        .Check(Incoterm is null || DestPort is not null, "/destPort", "A delivery term needs its place.")
        .ThrowIfAny();

    public Inquiry ToInquiry(string id, DateTimeOffset receivedAt) =>
        new InquiryRecord(Reference ?? id, Buyer, null, Products, Incoterm, DestPort, Message, Language)
            .ToInquiry(Source, receivedAt, unread: []);
}

/// <summary>The deal of an inquiry.</summary>
/// <param name="Duplicate">Whether the inquiry was known; then nothing new was started.</param>
internal sealed record InquiryReceipt(DealId DealId, bool Duplicate);

internal static class InquiryEndpoints
{
    public static void Map(IEndpointRouteBuilder api) => api.MapPost("/inquiries", ReceiveAsync)
        .RequireAuthorization(Permissions.TakeInquiry)
        .HasNoRow("Makes a deal; the assignment rule says whose it is.")
        .OncePerKey()
        .WithTags("Deals")
        .WithSummary("Take in an inquiry by hand: from a fair, by phone, by mail")
        .Problems(400, 401, 403, 409, 413, 415, 422, 429, 503);

    private static async Task<Created<InquiryReceipt>> ReceiveAsync(
        Body<InquiryRequest> body, Submission submission, InquiryService service, TimeProvider clock,
        CancellationToken cancellation)
    {
        body.Value.Check();
        var inquiry = body.Value.ToInquiry(submission.Id, clock.GetUtcNow());
        new SemanticErrors()
            .Check(InquirySize.Fits(inquiry), "/message", InquirySize.ValidationError, ProblemType.TextInvalid)
            .ThrowIfAny();
        var receipt = await service.TakeByHandAsync(inquiry, submission.Id, submission.By, cancellation);
        return TypedResults.Created($"/api/deals/{receipt.Deal}", new InquiryReceipt(receipt.Deal, receipt.Duplicate));
    }
}
