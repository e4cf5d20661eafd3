using System.Text;
using MimeKit;
using Workflows.Embedded.Mails;
using Workflows.Platform;

namespace Workflows.Embedded.Tests.Mails;

public sealed class LetterWriterTests
{
    private static readonly DateTimeOffset Now = new(2027, 1, 4, 8, 5, 9, TimeSpan.Zero);

    [Fact]
    public void The_message_id_is_the_same_in_every_try_and_another_for_another_mail()
    {
        Assert.Equal(LetterWriter.MessageId("a", "shop.example"), LetterWriter.MessageId("a", "shop.example"));
        Assert.NotEqual(LetterWriter.MessageId("a", "shop.example"), LetterWriter.MessageId("b", "shop.example"));
        Assert.EndsWith("@shop.example", LetterWriter.MessageId("a", "shop.example"), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_line_is_ascii_and_short_enough_for_any_server()
    {
        var subject = string.Concat(Enumerable.Repeat("询价 Ünïcode 🚢 ", 20)).Trim();
        var written = Encoding.Latin1.GetString(Bytes(Mail(subject, text: new string('ü', 5000))));

        Assert.All(written, c => Assert.True(c is >= '\n' and <= '~' or '\t', $"{(int)c} is not ASCII."));
        Assert.All(written.Split("\r\n"), line => Assert.InRange(line.Length, 0, 998));
    }

    [Fact]
    public void What_was_written_can_be_read_back_in_any_script()
    {
        const string subject = "报价 مرحبا 🚢 Übergabe an die Zentrale in Ōsaka, bitte vor Freitag";
        var read = Read(Mail(subject, text: "plain ✓", html: "<p>rich ✓</p>"));

        Assert.Equal(subject, read.Subject);
        Assert.Equal(("plain ✓", "<p>rich ✓</p>"), (read.TextBody?.Trim(), read.HtmlBody?.Trim()));
        Assert.Equal("auto-generated", read.Headers[HeaderId.AutoSubmitted]);
        Assert.Equal(Now, read.Date);
    }

    [Fact]
    public void A_name_cannot_pass_for_an_address_or_another_header()
    {
        const string name = "Anna <boss@bank.example>, x";
        var to = Read(Mail("Hello") with { To = new MailParty("anna@buyer.example", name) }).To;

        var only = Assert.IsType<MailboxAddress>(Assert.Single(to));
        Assert.Equal(("anna@buyer.example", name), (only.Address, only.Name));
    }

    [Theory]
    [InlineData("anna@bücher.example", "anna@xn--bcher-kva.example")]
    [InlineData("anna@buyer.example", "anna@buyer.example")]
    [InlineData("änna@buyer.example", "änna@buyer.example")]
    [InlineData("an na@buyer.example", null)]
    [InlineData("anna>@buyer.example", null)]
    [InlineData("Anna <anna@buyer.example>", null)]
    [InlineData("anna@buyer.example, boss@bank.example", null)]
    [InlineData("anna", null)]
    public void An_address_is_written_as_smtp_takes_it_or_not_at_all(string address, string? expected) =>
        Assert.Equal(expected, LetterWriter.MailboxOf(new MailParty(address, "Anna"))?.GetAddress(idnEncode: true));

    private static MimeMessage Read(OutgoingMail mail) => MimeMessage.Load(new MemoryStream(Bytes(mail)));

    private static byte[] Bytes(OutgoingMail mail)
    {
        var message = LetterWriter.Write(mail, LetterWriter.MailboxOf(mail.To)!, "sales@shop.example", Now);
        message.Prepare(EncodingConstraint.SevenBit);
        using var written = new MemoryStream();
        message.WriteTo(new FormatOptions { NewLineFormat = NewLineFormat.Dos }, written);
        return written.ToArray();
    }

    private static OutgoingMail Mail(string subject, string text = "t", string html = "h") => new(
        "mail-1", new MailParty("anna@buyer.example", "Anna"), subject, text, html, "test", "D-1");
}
