using System.Globalization;
using System.Net.Mail;
using System.Text;
using Workflows.Platform;

namespace Workflows.Embedded.Mails;

/// <summary>Writes a mail as the bytes that travel: plain text and HTML as alternatives, everything ASCII.</summary>
internal static class MimeMessage
{
    private const int EncodedWordBytes = 42;

    /// <summary>Lines end with CRLF; dots are not yet doubled.</summary>
    /// <param name="from">Sender's address.</param>
    public static string Write(OutgoingMail mail, string from, DateTimeOffset now)
    {
        var boundary = "=_" + Sha256Hex.Lower(mail.Id)[..24];
        var text = new StringBuilder();
        Header("Date", now.UtcDateTime.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture));
        Header("From", from);
        Header("To", Mailbox(mail.To));
        if (mail.ReplyTo is { } replyTo)
        {
            Header("Reply-To", Mailbox(replyTo));
        }

        Header("Subject", Encode(mail.Subject));
        Header("Message-ID", MessageId(mail.Id, from));
        Header("Auto-Submitted", "auto-generated");
        Header("MIME-Version", "1.0");
        Header("Content-Type", $"multipart/alternative; boundary=\"{boundary}\"");
        text.Append("\r\n");
        Part("text/plain", mail.Text);
        Part("text/html", mail.Html);
        return text.Append(CultureInfo.InvariantCulture, $"--{boundary}--\r\n").ToString();

        void Header(string name, string value) => text.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");

        void Part(string type, string content) => text
            .Append(
                CultureInfo.InvariantCulture,
                $"--{boundary}\r\nContent-Type: {type}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n")
            .Append(Convert.ToBase64String(Encoding.UTF8.GetBytes(content), Base64FormattingOptions.InsertLineBreaks))
            .Append("\r\n");
    }

    /// <summary>The same for every try of a mail, so that a provider or a reader can recognise a second copy.</summary>
    public static string MessageId(string mailId, string from) =>
        $"<{Sha256Hex.Lower(mailId)[..40]}@{new MailAddress(from).Host}>";

    /// <summary>The address as SMTP takes it, with the host in ASCII; null when its local part is not ASCII.</summary>
    public static string? AddressOf(string address)
    {
        var at = address.LastIndexOf('@');
        if (at <= 0 || at == address.Length - 1 || address[..at].Any(c => c is <= ' ' or > '~' or '<' or '>' or '"'))
        {
            return null;
        }

        try
        {
            return address[..(at + 1)] + new IdnMapping().GetAscii(address[(at + 1)..]);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static string Mailbox(MailParty party)
    {
        var address = AddressOf(party.Address) ?? party.Address;
        return party.Name.Length == 0 ? address : $"{Encode(party.Name, isPhrase: true)} <{address}>";
    }

    /// <summary>RFC 2047: plain where that is safe, else base64 words that never cut a character.</summary>
    private static string Encode(string value, bool isPhrase = false)
    {
        var isPlain = value.All(c => c is >= ' ' and <= '~')
            && !value.Contains("=?", StringComparison.Ordinal) && value.Length <= 60
            && (!isPhrase || value.All(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '-'));
        if (isPlain)
        {
            return value;
        }

        var words = new List<string>();
        var word = new List<byte>();
        Span<byte> buffer = stackalloc byte[4];
        foreach (var rune in value.EnumerateRunes())
        {
            var bytes = buffer[..rune.EncodeToUtf8(buffer)];
            if (word.Count + bytes.Length > EncodedWordBytes)
            {
                words.Add(Word());
            }

            word.AddRange(bytes);
        }

        words.Add(Word());
        return string.Join("\r\n ", words);

        string Word()
        {
            var encoded = $"=?utf-8?B?{Convert.ToBase64String(word.ToArray())}?=";
            word.Clear();
            return encoded;
        }
    }
}
