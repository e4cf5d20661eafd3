using Workflows.Mails;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Web.Hosting.Keys;

namespace Workflows.Web.Mail;

/// <summary>
/// Who may read which mail. Mails to colleagues carry links that decide, also those to a colleague who has left:
/// each person reads their own and those to buyers, an admin, who runs the home, reads all.
/// </summary>
internal static class MailReaders
{
    public static bool MayRead(this Actor actor, MailRecord record, Policy policy)
    {
        var address = record.Mail.To.Address;
        return actor.Role == Role.Admin
            || IsSame(address, policy.FindStaff(actor.Id)?.Email)
            || (BuyerMails.Includes(record.Mail.Kind) && !policy.Staff.Any(member => IsSame(member.Email, address)));
    }

    private static bool IsSame(string address, string? other) =>
        string.Equals(address, other, StringComparison.OrdinalIgnoreCase);
}
