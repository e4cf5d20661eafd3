using Microsoft.Extensions.Logging;
using Workflows.Platform;
using Workflows.Policies;

namespace Workflows.Sweeps;

/// <summary>
/// The business's own safety net: where instances fail for good or stand still, people hear of it. For homes to call by
/// their clock, as often as they like and from several processes: each period is swept once, and one that broke off is
/// taken up again.
/// </summary>
public sealed class Sweeper(
    IEnumerable<Sweep> sweeps, ITableStore tables, PolicyStore policies, TimeProvider clock, ILogger<Sweeper> log)
{
    /// <summary>Sweeps the present period, if that is still to be done.</summary>
    /// <returns>What was found; null when nothing was to be done.</returns>
    public async Task<SweepReport?> RunAsync(SweepKind kind, CancellationToken cancellation)
    {
        var sweep = sweeps.Single(each => each.Kind == kind);
        var (now, name) = (clock.GetUtcNow(), kind.ToString());
        if (sweep.PeriodOf(now, policies.Current.Company) is not { } period
            || await SweepRepository.TakeAsync(tables, name, period, now, cancellation) is not { } taken)
        {
            return null;
        }

        var report = await sweep.LookAsync(taken.State, log, cancellation);
        await SweepRepository.FinishAsync(tables, name, taken, clock.GetUtcNow(), cancellation);
        return report;
    }
}
