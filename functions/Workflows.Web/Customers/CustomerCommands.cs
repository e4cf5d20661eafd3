using Workflows.Credit;
using Workflows.Customers;
using Workflows.Trade;
using Workflows.Web.Hosting.Problems;
using Workflows.Web.Hosting.Requests;

namespace Workflows.Web.Customers;

/// <summary>Why nothing more is sold on credit.</summary>
internal sealed record HoldRequest([Line(300)] string Reason);

/// <summary>Holds a customer's credit and releases it.</summary>
internal sealed class CustomerCommands(CreditReport credit)
{
    /// <exception cref="ProblemException">404.</exception>
    public async Task<Customer> HoldAsync(
        CustomerId id, HoldRequest request, StaffId by, CancellationToken cancellation) =>
        await credit.PlaceHoldAsync(id, request.Reason, by, cancellation)
            ?? throw new ProblemException(ProblemType.NotFound);

    /// <exception cref="ProblemException">404.</exception>
    public async Task<Customer> ReleaseAsync(CustomerId id, CancellationToken cancellation) =>
        await credit.ReleaseHoldAsync(id, cancellation) ?? throw new ProblemException(ProblemType.NotFound);
}
