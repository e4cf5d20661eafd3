using Workflows.Orders;
using Workflows.Quotations;
using Workflows.Trade;
using Workflows.Web.Requests;

namespace Workflows.Web.Api.Deals;

/// <summary>What the buyer said to a quotation.</summary>
/// <param name="Answer">Accepted, Rejected or Counter.</param>
/// <param name="Quotation">Number of the quotation it answers; left out, the present one.</param>
/// <param name="CounterPrice">The total that the buyer offers instead; with Counter only, where it must be.</param>
/// <param name="PurchaseOrder">The buyer's order number, with Accepted.</param>
internal sealed record AnswerRequest(
    BuyerAnswerKind Answer,
    [Line(100)] string? Quotation = null,
    [Positive] Money? CounterPrice = null,
    [Line(60)] string? PurchaseOrder = null,
    [Paragraph(2000)] string? Comment = null);

/// <summary>Something that happened to the order.</summary>
/// <param name="Milestone">Produced, Shipped, DocumentsSent or Delivered.</param>
/// <param name="Date">In the company's zone; left out, today. For Shipped the bill of lading's.</param>
/// <param name="Reference">Bill of lading number, courier number and the like.</param>
internal sealed record MilestoneRequest(MilestoneKind Milestone, DateOnly? Date = null, [Line(100)] string? Reference = null);

/// <summary>Another owner.</summary>
/// <param name="To">Staff id.</param>
internal sealed record HandoverRequest(StaffId To, [Line(300)] string Reason);

/// <summary>A human answered the buyer.</summary>
/// <param name="Channel">Such as <c>mail</c>, <c>phone</c>, <c>chat</c>.</param>
internal sealed record ReplyRequest([Line(40)] string Channel);

/// <summary>We stop: the deal is lost before the order, cancelled after it.</summary>
internal sealed record GiveUpRequest([Line(300)] string Reason);
