using System.Text;
using Workflows.Embedded.Mails;
using Workflows.Platform;

namespace Workflows.Embedded.Tests.Mails;

public sealed class MimeMessageTests
{
    private static readonly DateTimeOffset Now = new(2027, 1, 4, 8, 5, 9, TimeSpan.Zero);

    [Fact]
    public void The_message_id_is_the_same_in_every_try_and_another_for_another_mail()
    {
        Assert.Equal(MimeMessage.MessageId("a", "x@shop.example"), MimeMessage.MessageId("a", "x@shop.example"));
        Assert.NotEqual(MimeMessage.MessageId("a", "x@shop.example"), MimeMessage.MessageId("b", "x@shop.example"));
        Assert.EndsWith("@shop.example>", MimeMessage.MessageId("a", "x@shop.example"), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_line_is_ascii_and_short_enough_for_any_server()
    {
        var subject = string.Concat(Enumerable.Repeat("询价 Ünïcode 🚢 ", 20)).Trim();
        var message = Write(Mail(subject, text: new string('ü', 5000)));

        Assert.All(message, c => Assert.InRange(c, '\n', '~'));
        Assert.All(message.Split("\r\n"), line => Assert.InRange(line.Length, 0, 78));
    }

    [Fact]
    public void A_subject_in_any_script_can_be_read_back()
    {
        const string subject = "报价 مرحبا 🚢 Übergabe an die Zentrale in Ōsaka, bitte vor Freitag";
        var lines = Write(Mail(subject))
            .Split("\r\n")
            .SkipWhile(line => !line.StartsWith("Subject:", StringComparison.Ordinal));
        var words = lines.TakeWhile((line, i) => i == 0 || line.StartsWith(' '))
            .Select(line => line.Replace("Subject:", "", StringComparison.Ordinal).Trim());
        var read = string.Concat(words.Select(word => Encoding.UTF8.GetString(Convert.FromBase64String(word[10..^2]))));

        Assert.Equal(subject, read);
    }

    [Fact]
    public void A_name_cannot_pass_for_an_address_or_another_header()
    {
        var message = Write(
            Mail("Hello") with { To = new MailParty("anna@buyer.example", "Anna <boss@bank.example>, x") });
        var to = message.Split("\r\n").Single(line => line.StartsWith("To:", StringComparison.Ordinal));

        Assert.StartsWith("To: =?utf-8?B?", to, StringComparison.Ordinal);
        Assert.EndsWith("?= <anna@buyer.example>", to, StringComparison.Ordinal);
    }

    [Fact]
    public void Both_parts_are_there_and_whole()
    {
        var message = Write(Mail("Hello", text: "plain ✓", html: "<p>rich ✓</p>"));

        Assert.Contains(Convert.ToBase64String("plain ✓"u8), message, StringComparison.Ordinal);
        Assert.Contains(Convert.ToBase64String("<p>rich ✓</p>"u8), message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("anna@bücher.example", "anna@xn--bcher-kva.example")]
    [InlineData("anna@buyer.example", "anna@buyer.example")]
    [InlineData("änna@buyer.example", null)]
    [InlineData("an na@buyer.example", null)]
    [InlineData("anna>@buyer.example", null)]
    [InlineData("anna", null)]
    public void An_address_is_written_as_smtp_takes_it_or_not_at_all(string address, string? expected) =>
        Assert.Equal(expected, MimeMessage.AddressOf(address));

    private static string Write(OutgoingMail mail) => MimeMessage.Write(mail, "sales@shop.example", Now);

    private static OutgoingMail Mail(string subject, string text = "t", string html = "h") => new(
        "mail-1", new MailParty("anna@buyer.example", "Anna"), subject, text, html, "test", "D-1");
}
