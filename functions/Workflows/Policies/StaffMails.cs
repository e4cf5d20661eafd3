using Workflows.Mails;
using Workflows.Platform;

namespace Workflows.Policies;

/// <summary>Members of staff as mails name them.</summary>
public static class StaffMails
{
    /// <summary>Where mails reach them.</summary>
    public static MailParty Party(this StaffMember member) => new(member.Email, member.Name);

    /// <summary>Them as the one reader of a mail.</summary>
    public static Recipient Recipient(this StaffMember member) => new(member.Party(), member.Id.Value);
}
