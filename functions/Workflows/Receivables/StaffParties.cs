using Workflows.Platform;
using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Receivables;

/// <summary>Whom mails about money come from and go to among the staff.</summary>
internal static class StaffParties
{
    /// <summary>Where the buyer's answer goes: to the owner; null is the company.</summary>
    public static MailParty? ReplyTo(this Policy policy, StaffId owner) =>
        policy.FindStaff(owner)?.Party();

    /// <summary>Those of a role who serve a region; all of the role when nobody does.</summary>
    public static IReadOnlyList<StaffMember> InRole(this Policy policy, StaffRole role, string region)
    {
        var all = policy.Staff.Where(member => member.Role == role).ToList();
        var serving = all.Where(member => member.Serves(region)).ToList();
        return serving.Count > 0 ? serving : all;
    }
}
