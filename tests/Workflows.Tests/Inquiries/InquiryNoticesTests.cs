using Workflows.Inquiries;
using Workflows.Trade;

namespace Workflows.Tests.Inquiries;

public class InquiryNoticesTests
{
    private static readonly DealId Deal = new("D-1");

    [Theory]
    [InlineData("es-MX", "es", "Hemos recibido su consulta D-1")]
    [InlineData("zh", "zh", "已收到您的询盘 D-1")]
    [InlineData("ar", "ar", "استلمنا استفساركم D-1")]
    [InlineData("fi", "en", "We have your inquiry D-1")]
    [InlineData(null, "en", "We have your inquiry D-1")]
    public async Task The_buyer_is_answered_in_his_language_or_else_in_English(
        string? language, string written, string subject)
    {
        await using var scenario = await Scenario.StartAsync();

        await AcknowledgeAsync(scenario, Buyers.Inquiry() with { Language = language });

        var mail = Assert.Single(await scenario.MailsAsync());
        Assert.Equal((subject, "sales@ridgewater.example"), (mail.Record.Mail.Subject, mail.ReplyTo!.Address));
        var letter = Assert.IsType<InquiryAcknowledged>(mail.Mail).Letter;
        Assert.Equal((written, written == "ar"), (letter.Language, letter.RightToLeft));
        Assert.Contains(
            "Ball valve DN50", Assert.IsType<InquiryAcknowledged>(mail.Mail).Quoted, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_acknowledgement_goes_out_once_however_often_it_is_asked_for()
    {
        await using var scenario = await Scenario.StartAsync();

        await AcknowledgeAsync(scenario);
        await AcknowledgeAsync(scenario);

        Assert.Single(await scenario.MailsAsync());
    }

    [Fact]
    public async Task Each_reader_is_notified_once_per_key()
    {
        await using var scenario = await Scenario.StartAsync();

        await NotifyAsync(scenario, InquiryNoticeKind.Reassigned);
        await NotifyAsync(scenario, InquiryNoticeKind.Reassigned);

        Assert.Equal(2, (await scenario.MailsAsync()).Count);
    }

    [Theory]
    [InlineData(InquiryNoticeKind.Assigned, "mei")]
    [InlineData(InquiryNoticeKind.Nudge, "mei")]
    [InlineData(InquiryNoticeKind.Unassigned, "hanna")]
    [InlineData(InquiryNoticeKind.Escalate, "hanna")]
    [InlineData(InquiryNoticeKind.Reassigned, "mei", "hanna")]
    public async Task Staff_are_notified_of_what_concerns_them(InquiryNoticeKind kind, params string[] readers)
    {
        await using var scenario = await Scenario.StartAsync();

        await NotifyAsync(scenario, kind);

        var mails = await scenario.MailsAsync();
        Assert.Equal(
            readers.Select(reader => reader + "@ridgewater.example").Order(),
            mails.Select(mail => mail.To.Address).Order());
        Assert.All(mails, mail => Assert.Equal("anna@acme.example", mail.ReplyTo!.Address));
    }

    [Fact]
    public async Task A_hostile_name_cannot_add_a_header()
    {
        await using var scenario = await Scenario.StartAsync();

        var hostile = Buyers.Inquiry(Buyers.Anna with { Name = "Anna\r\nBcc: all@acme.example" });
        await AcknowledgeAsync(scenario, hostile);
        await NotifyAsync(scenario, InquiryNoticeKind.Nudge, hostile);

        var mails = await scenario.MailsAsync();
        Assert.Equal("", mails[0].To.Name);
        Assert.Equal("Anna  Bcc: all@acme.example", mails[1].ReplyTo!.Name);
    }

    [Fact]
    public async Task The_acknowledgement_begins_with_words_of_our_own_and_quotes_the_inquiry_cut()
    {
        await using var scenario = await Scenario.StartAsync();
        var hostile = Buyers.Inquiry(Buyers.Anna with { Name = "You have won a prize " + new string('!', 500) }) with
        {
            Products = [new RequestedProduct(null, "Click here\nnow", null, null, null)],
            Message = string.Concat(Enumerable.Repeat("visit https://evil.example ", 100)),
        };
        await AcknowledgeAsync(scenario, hostile);

        var mail = Assert.Single(await scenario.MailsAsync());
        var sent = Assert.IsType<InquiryAcknowledged>(mail.Mail);
        var quoted = sent.Quoted;
        Assert.Equal("We have your inquiry D-1", mail.Record.Mail.Subject);
        Assert.DoesNotContain("prize", sent.Letter.ToString(), StringComparison.Ordinal);
        Assert.Equal(3, quoted.Split('\n').Length);
        Assert.True(quoted.Length <= 120 + 120 + 300 + 2, $"{quoted.Length} characters");
    }

    private static Task<AcknowledgementLimit?> AcknowledgeAsync(Scenario scenario, Inquiry? inquiry = null) =>
        scenario.InActivityAsync(
            context => scenario.Get<InquiryNotices>().AcknowledgeAsync(context, Deal, inquiry ?? Buyers.Inquiry()));

    private static Task NotifyAsync(Scenario scenario, InquiryNoticeKind kind, Inquiry? inquiry = null)
    {
        var score = new Score(50, Temperature.Warm, ["+20 writes from a company address (acme.example)"]);
        var notice = new InquiryNotice(kind, new StaffId("mei"), new StaffId("hanna"), Scenario.Morning.AddHours(4));
        return scenario.InActivityAsync(context => scenario.Get<InquiryNotices>().SendAsync(
            context, new InquirySubject(Deal, inquiry ?? Buyers.Inquiry(), score), notice, "step"));
    }
}
