using System.Globalization;
using System.Text.RegularExpressions;
using MailKit.Net.Smtp;
using Workflows.Platform;

namespace Workflows.Embedded.Mails;

/// <summary>
/// Whether a mail server's refusal is final. It is when the server says 5xx of this mail: of its recipient, its size or
/// its content. All else is about the server, our settings or what the server thinks of us. It would be said of the
/// next mail too, and may be mended.
/// </summary>
internal static partial class SmtpRefusal
{
    public static DeliveryOutcome Of(SmtpCommandException refusal)
    {
        var isFinal = (int)refusal.StatusCode >= 500
            && refusal.ErrorCode is SmtpErrorCode.RecipientNotAccepted or SmtpErrorCode.MessageNotAccepted
            && IsOfThisMail(refusal);
        var code = ((int)refusal.StatusCode).ToString(CultureInfo.InvariantCulture);
        return new DeliveryOutcome(
            isFinal ? DeliveryVerdict.Permanent : DeliveryVerdict.Temporary,
            $"The mail server answered {code} {refusal.Message}".TrimEnd());
    }

    private static bool IsOfThisMail(SmtpCommandException refusal) =>
        EnhancedCode().Match(refusal.Message) is { Success: true } code
            ? IsOfThisMail(code.Groups["subject"].Value, code.Groups["detail"].Value)
            : refusal.StatusCode is SmtpStatusCode.MailboxUnavailable or SmtpStatusCode.UserNotLocalTryAlternatePath
                or SmtpStatusCode.ExceededStorageAllocation or SmtpStatusCode.MailboxNameNotAllowed;

    /// <summary>Subjects and details of enhanced codes are those of RFC 3463.</summary>
    private static bool IsOfThisMail(string subject, string detail) => (subject, detail) switch
    {
        // The sender's address: ours, in every mail.
        ("1", "7" or "8") => false,

        // The recipient's address, their mailbox, a message that is too big, its content.
        ("1" or "2" or "6", _) or ("3", "4") => true,
        _ => false,
    };

    [GeneratedRegex(
        @"^\s*5\.(?<subject>\d{1,3})\.(?<detail>\d{1,3})\b", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EnhancedCode();
}
