using Workflows.Platform;
using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Web.Hosting.Keys;

/// <summary>
/// Who was a member of staff under an earlier policy and is none now. The table <c>StaffSeen</c> keeps every id that a
/// policy of this home named: a holder of a key whom no policy ever named, such as an admin or a program, has not left.
/// </summary>
internal sealed class FormerStaff(ITableStore tables, PolicyStore policies)
{
    private const string Table = "StaffSeen";
    private const string Partition = "staff";

    private HashSet<string>? _left;

    /// <summary>
    /// Whether a person has left. The policy changes with a start only, so that the table is read once per
    /// process; first requests at once read the same.
    /// </summary>
    public async Task<bool> HasLeftAsync(StaffId id, CancellationToken cancellation) =>
        (_left ??= await CompareAsync(cancellation)).Contains(id.Value);

    private async Task<HashSet<string>> CompareAsync(CancellationToken cancellation)
    {
        var seen = await tables.ReadAllAsync(Table, TableQuery.Of(Partition), cancellation)
            .Select(row => row.RowKey)
            .ToHashSetAsync(StringComparer.Ordinal, cancellation);
        var present = policies.Current.Staff.Select(member => member.Id.Value).ToHashSet(StringComparer.Ordinal);
        foreach (var id in present.Except(seen))
        {
            await tables.UpsertAsync(Table, new TableRow(Partition, id), cancellation);
        }

        seen.ExceptWith(present);
        return seen;
    }
}
