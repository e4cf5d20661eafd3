using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Workflows.Lifecycle;
using Workflows.Signals;
using Workflows.Web.Hosting.Problems;
using Workflows.Web.Hosting.Rows;
using Workflows.Web.Layout;

namespace Workflows.Web.Deals;

/// <summary>Answers the API's requests with the deal as it is after them.</summary>
internal sealed class DealAnswers(DealReader reader)
{
    /// <summary>200 with the deal that shows the effect, 202 when it is slow to answer.</summary>
    /// <exception cref="ProblemException">
    /// 404 without such a deal, 409 when it cannot be as the deal stands.
    /// </exception>
    public async Task<Results<Ok<DealResponse>, Accepted<DealResponse>>> ToAsync(
        SignalReceipt<Deal> receipt, RowRights rights, CancellationToken cancellation)
    {
        var deal = await reader.GatherAsync(receipt.StateOrProblem(), rights, cancellation);
        return receipt.Outcome == SignalOutcome.Taken
            ? TypedResults.Ok(deal)
            : TypedResults.Accepted($"/api/deals/{deal.Id}", deal);
    }

    /// <summary>The same for a signal that creates something: 201.</summary>
    /// <exception cref="ProblemException">
    /// 404 without such a deal, 409 when it cannot be as the deal stands.
    /// </exception>
    public async Task<Results<Created<DealResponse>, Accepted<DealResponse>>> ToCreatingAsync(
        SignalReceipt<Deal> receipt, RowRights rights, CancellationToken cancellation)
    {
        var deal = await reader.GatherAsync(receipt.StateOrProblem(), rights, cancellation);
        return receipt.Outcome == SignalOutcome.Taken
            ? TypedResults.Created($"/api/deals/{deal.Id}", deal)
            : TypedResults.Accepted($"/api/deals/{deal.Id}", deal);
    }
}
