using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Workflows.Lifecycle;
using Workflows.Trade;
using Workflows.Web.Problems;

namespace Workflows.Web.Api.Deals;

/// <summary>Tells a deal what somebody did, and answers with the deal after it.</summary>
internal sealed class DealSignals(DealService deals, DealReader reader)
{
    /// <summary>200 with the deal that shows the effect, 202 when it is slow to answer.</summary>
    /// <exception cref="ProblemException">404 without such a deal, 409 when it cannot be as the deal stands.</exception>
    public async Task<Results<Ok<DealResponse>, Accepted<DealResponse>>> SignalAsync(
        DealId id, DealSignal signal, CancellationToken cancellation)
    {
        var (isTaken, deal) = await SendAsync(id, signal, cancellation);
        return isTaken ? TypedResults.Ok(deal) : TypedResults.Accepted($"/api/deals/{id}", deal);
    }

    /// <summary>The same for a signal that creates something: 201.</summary>
    /// <exception cref="ProblemException">404 without such a deal, 409 when it cannot be as the deal stands.</exception>
    public async Task<Results<Created<DealResponse>, Accepted<DealResponse>>> CreateAsync(
        DealId id, DealSignal signal, CancellationToken cancellation)
    {
        var (isTaken, deal) = await SendAsync(id, signal, cancellation);
        return isTaken ? TypedResults.Created($"/api/deals/{id}", deal) : TypedResults.Accepted($"/api/deals/{id}", deal);
    }

    private async Task<(bool IsTaken, DealResponse Deal)> SendAsync(
        DealId id, DealSignal signal, CancellationToken cancellation)
    {
        var receipt = await deals.SignalAsync(id, signal, cancellation);
        return receipt.Outcome switch
        {
            SignalOutcome.NotFound => throw new ProblemException(ProblemType.NotFound),
            SignalOutcome.Refused => throw new ProblemException(ProblemType.Conflict, receipt.Reason),
            _ => (receipt.Outcome == SignalOutcome.Taken, await reader.GatherAsync(receipt.Deal!, cancellation)),
        };
    }
}
