using Workflows.Platform;
using Workflows.Web.Hosting.Keys;
using Workflows.Web.Layout;

namespace Workflows.Web.Mail;

/// <summary>
/// Who may read which mail. Mails to colleagues carry links that decide: everybody reads their own and those to buyers,
/// an admin, who runs the home, reads all.
/// </summary>
internal static class MailReaders
{
    public static bool MayRead(this PageContext pageContext, MailRecord record)
    {
        var address = record.Mail.To.Address;
        return pageContext.May(Access.Admin)
            || IsSame(address, pageContext.Email)
            || !pageContext.Policy.Staff.Any(member => IsSame(member.Email, address));
    }

    private static bool IsSame(string address, string? other) => string.Equals(address, other, StringComparison.OrdinalIgnoreCase);
}
