using Workflows.Lifecycle;
using Workflows.Orders;
using Workflows.Policies;
using Workflows.Quotations;
using Workflows.Signals;
using Workflows.Trade;
using Workflows.Web.Hosting.Idempotency;
using Workflows.Web.Hosting.Problems;
using Workflows.Web.Hosting.Requests;

namespace Workflows.Web.Deals;

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
    [Paragraph(2000)] string? Comment = null)
{
    public void Check() => new SemanticErrors()
        .Check(
            Answer != BuyerAnswerKind.Counter || CounterPrice is not null,
            "/counterPrice", "Must be there with Counter.")
        .Check(Answer == BuyerAnswerKind.Counter || CounterPrice is null, "/counterPrice", "Only with Counter.")
        .Check(Answer == BuyerAnswerKind.Accepted || PurchaseOrder is null, "/purchaseOrder", "Only with Accepted.")
        .ThrowIfAny();
}

/// <summary>Something that happened to the order.</summary>
/// <param name="Milestone">Produced, Shipped, DocumentsSent or Delivered.</param>
/// <param name="Date">In the company's zone; left out, today. For Shipped the bill of lading's.</param>
/// <param name="Reference">Bill of lading number, courier number and the like.</param>
internal sealed record MilestoneRequest(
    MilestoneKind Milestone, DateOnly? Date = null, [Line(100)] string? Reference = null);

/// <summary>Another owner.</summary>
/// <param name="To">Staff id.</param>
internal sealed record HandoverRequest(StaffId To, [Line(300)] string Reason);

/// <summary>A human answered the buyer.</summary>
/// <param name="Channel">Such as <c>mail</c>, <c>phone</c>, <c>chat</c>.</param>
internal sealed record ReplyRequest([Line(40)] string Channel);

/// <summary>We stop: the deal is lost before the order, cancelled after it.</summary>
internal sealed record GiveUpRequest([Line(300)] string Reason);

/// <summary>The inquiry is spam.</summary>
/// <param name="Reason">How it is known; stands in the timeline.</param>
internal sealed record DiscardRequest([Line(300)] string Reason);

/// <summary>A rejected inquiry is serious.</summary>
/// <param name="Reason">How it is known; stands in the timeline.</param>
internal sealed record ReinstateRequest([Line(300)] string Reason);

/// <summary>What people do to a deal. Each returns what became of it.</summary>
internal sealed class DealCommands(DealService deals, PolicyStore policies, TimeProvider clock)
{
    /// <exception cref="ProblemException">422.</exception>
    public async Task<SignalReceipt<Deal>> AnswerAsync(
        DealId id, AnswerRequest request, Submission submission, CancellationToken cancellation)
    {
        request.Check();
        var deadline = deals.StartWaiting();
        var number = request.Quotation ?? (await deals.FindAsync(id, deadline, cancellation))?.Quotation?.Number ?? "";
        var answer = new BuyerAnswer(
            request.Answer, number, request.CounterPrice, request.PurchaseOrder, request.Comment);
        return await deals.SignalAsync(
            id, new BuyerAnswered(submission.Id, submission.By, answer), deadline, cancellation);
    }

    /// <exception cref="ProblemException">422.</exception>
    public async Task<SignalReceipt<Deal>> ReachAsync(
        DealId id, MilestoneRequest request, Submission submission, CancellationToken cancellation)
    {
        var company = policies.Current.Company;
        var today = company.DayOf(clock.GetUtcNow());
        var deadline = deals.StartWaiting();
        var inquiry = request.Date is null ? null : (await deals.FindAsync(id, deadline, cancellation))?.Inquiry;
        new SemanticErrors()
            .Check(
                request.Date is not { } day || inquiry is null || day >= company.DayOf(inquiry.ReceivedAt),
                "/date", "Must not be before the inquiry.", ProblemType.DateInvalid)
            .Check(
                request.Date is not { } date || date <= today,
                "/date", "Must not be in the future.", ProblemType.DateInvalid)
            .ThrowIfAny();
        var milestone = new Milestone(request.Milestone, request.Date ?? today, request.Reference);
        return await deals.SignalAsync(
            id, new MilestoneReached(submission.Id, submission.By, milestone), deadline, cancellation);
    }

    /// <exception cref="ProblemException">422.</exception>
    public Task<SignalReceipt<Deal>> HandOverAsync(
        DealId id, HandoverRequest request, Submission submission, CancellationToken cancellation)
    {
        var successor = policies.Current.FindStaff(request.To);
        var today = policies.Current.Company.DayOf(clock.GetUtcNow());
        new SemanticErrors()
            .Check(
                successor?.TakesDeals() == true, "/to", "Must be a salesperson or a manager of the staff list.",
                ProblemType.ChoiceInvalid)
            .Check(
                successor?.IsAway(today) != true, "/to", "Must not be away today: nobody would look after the deal.",
                ProblemType.ChoiceInvalid)
            .ThrowIfAny();
        var handedOver = new HandedOver(submission.Id, submission.By, request.To, request.Reason);
        return deals.SignalAsync(id, handedOver, cancellation);
    }

    public Task<SignalReceipt<Deal>> ReplyAsync(
        DealId id, ReplyRequest request, Submission submission, CancellationToken cancellation) =>
        deals.SignalAsync(id, new Replied(submission.Id, submission.By, request.Channel), cancellation);

    public Task<SignalReceipt<Deal>> GiveUpAsync(
        DealId id, GiveUpRequest request, Submission submission, CancellationToken cancellation) =>
        deals.SignalAsync(id, new GivenUp(submission.Id, submission.By, request.Reason), cancellation);

    public Task<SignalReceipt<Deal>> DiscardAsync(
        DealId id, DiscardRequest request, Submission submission, CancellationToken cancellation) =>
        deals.SignalAsync(id, new Discarded(submission.Id, submission.By, request.Reason), cancellation);

    public Task<SignalReceipt<Deal>> ReinstateAsync(
        DealId id, ReinstateRequest request, Submission submission, CancellationToken cancellation) =>
        deals.SignalAsync(id, new Reinstated(submission.Id, submission.By, request.Reason), cancellation);
}
