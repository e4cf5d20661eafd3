using Workflows.Platform;

namespace Workflows.Mails;

/// <summary>Who a mail is for. It is kept with the mail, and says who may read it later.</summary>
/// <param name="Party">Where it goes.</param>
/// <param name="Staff">Id of the member of staff; null for a buyer.</param>
public sealed record Recipient(MailParty Party, string? Staff)
{
    /// <summary>A buyer: the whole team reads what they were told.</summary>
    public static Recipient Buyer(MailParty party) => new(party, Staff: null);
}
