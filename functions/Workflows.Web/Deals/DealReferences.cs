using Workflows.Lifecycle;
using Workflows.Lifecycle.Timeline;
using Workflows.Web.Hosting.Rows;

namespace Workflows.Web.Deals;

/// <summary>What a deal says of other deals: which one it repeats.</summary>
internal static class DealReferences
{
    /// <summary>A deal and its timeline without the number of a deal that is out of the person's sight.</summary>
    public static async Task<(Deal Deal, TimelinePart Timeline)> WithoutOthersAsync(
        this RowOwners owners, RowRights rights, Deal deal, TimelinePart timeline,
        CancellationToken cancellation)
    {
        if (deal.Qualification is not { DuplicateOf: { } original } qualification
            || rights.SeesAll || rights.Sees(await owners.OfDealAsync(original, cancellation)))
        {
            return (deal, timeline);
        }

        var rejected = new InquiryRejected(Reason: null);
        return (
            deal with
            {
                Qualification = qualification with { DuplicateOf = null, Reason = null },
                End = deal.End is InquiryRejected ? rejected : deal.End,
            },
            new TimelinePart(
            [
                .. timeline.Entries.Select(entry =>
                    entry.What is InquiryRejected ? entry with { What = rejected } : entry),
            ]));
    }
}
