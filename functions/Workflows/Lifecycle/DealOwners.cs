using Workflows.Approvals;
using Workflows.Platform;
using Workflows.Trade;

namespace Workflows.Lifecycle;

/// <summary>The owners of deals, as they are kept for readers.</summary>
internal sealed class DealOwners : IDealOwners
{
    public async Task<StaffId?> OwnerOfAsync(ITableStore tables, DealId deal, CancellationToken cancellation) =>
        (await DealRepository.FindAsync(tables, deal, cancellation))?.Owner;
}
