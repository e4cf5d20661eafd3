namespace Workflows.Policies;

/// <summary>
/// How many mails strangers can cause. Documents of before say nothing about it; null members are the usual ones.
/// </summary>
/// <param name="AcknowledgementsPerAddress">
/// Inquiries of one mail address that are acknowledged in a day of the company's zone; 0 acknowledges none.
/// </param>
/// <param name="AcknowledgementsPerSource">The same for one platform, of whatever address.</param>
/// <param name="NoticeMinutes">
/// An owner is notified of a deal's new messages once within so many minutes; what comes meanwhile goes with the next
/// mail.
/// </param>
public sealed record MailPolicy(int? AcknowledgementsPerAddress, int? AcknowledgementsPerSource, int? NoticeMinutes);

/// <summary>The limits in force.</summary>
public static class MailLimits
{
    private const int UsualPerAddress = 3;
    private const int UsualPerSource = 200;
    private const int UsualNoticeMinutes = 15;

    /// <summary>Inquiries of one address that are acknowledged in a day.</summary>
    public static int AcknowledgementsPerAddress(this Policy policy) =>
        policy.Mails?.AcknowledgementsPerAddress ?? UsualPerAddress;

    /// <summary>Inquiries of one platform that are acknowledged in a day.</summary>
    public static int AcknowledgementsPerSource(this Policy policy) =>
        policy.Mails?.AcknowledgementsPerSource ?? UsualPerSource;

    /// <summary>How long after a mail about a deal's messages the next one may go out.</summary>
    public static TimeSpan NoticeWindow(this Policy policy) =>
        TimeSpan.FromMinutes(policy.Mails?.NoticeMinutes ?? UsualNoticeMinutes);
}
