using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Embedded.Tests.Web.Mails;
using Workflows.Mails;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Web.Rendering;

namespace Workflows.Web.Tests.Rendering;

public sealed partial class MailBodyTests : IDisposable
{
    private readonly ServiceProvider _services = new ServiceCollection()
        .AddLogging()
        .AddSingleton(new PolicyStore(PolicyLoader.Default()))
        .BuildServiceProvider();

    public static TheoryData<string> Mails =>
        [.. typeof(IMail).Assembly.GetTypes()
            .Where(type => type is { IsAbstract: false } && type.IsAssignableTo(typeof(IMail)))
            .Select(type => type.FullName!)];

    public void Dispose() => _services.Dispose();

    [Theory]
    [MemberData(nameof(Mails))]
    public void Every_mail_of_the_business_has_a_component(string mail) =>
        Assert.NotNull(MailBodies.Find(TypeOf(mail)));

    [Theory]
    [MemberData(nameof(Mails))]
    public async Task Every_mail_shows_hostile_texts_as_texts(string mail)
    {
        foreach (var sample in Samples(mail))
        {
            var composed = await ComposeAsync(sample);

            Assert.DoesNotContain("<script", composed.Html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("<img", composed.Html, StringComparison.OrdinalIgnoreCase);
            Assert.Contains("&lt;script&gt;", composed.Html, StringComparison.Ordinal);
            Assert.All(
                Links().Matches(composed.Html),
                link => Assert.StartsWith("http", link.Groups[1].Value, StringComparison.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(Mails))]
    public async Task No_text_from_outside_adds_a_line_to_a_mail_s_header(string mail)
    {
        foreach (var sample in Samples(mail))
        {
            var composed = await ComposeAsync(sample);

            string[] headers = [composed.Subject, composed.Kind, composed.To.Name, composed.ReplyTo!.Name];
            Assert.All(headers, header => Assert.DoesNotContain(header, char.IsControl));
            Assert.InRange(composed.Subject.Length, 1, 200);
        }
    }

    [Theory]
    [MemberData(nameof(Mails))]
    public async Task A_mail_is_drawn_for_staff_unless_its_kind_goes_to_buyers(string mail)
    {
        var sample = Samples(mail).First();
        var composed = await ComposeAsync(sample);

        var isForStaff = composed.Html.Contains("because of your part in the deal", StringComparison.Ordinal);
        Assert.Equal(sample is IBuyerMail, !isForStaff);
        Assert.Equal(BuyerMails.Includes(composed.Kind), !isForStaff);
    }

    [Theory]
    [MemberData(nameof(Mails))]
    public async Task Every_mail_says_the_same_in_its_text_part(string mail)
    {
        var composed = await ComposeAsync(Samples(mail).First());

        Assert.Contains("<script>alert(1)</script>", composed.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("&lt;", composed.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("color:", composed.Text, StringComparison.Ordinal);
    }

    private Task<OutgoingMail> ComposeAsync(IMail mail)
    {
        var hostile = new MailParty("anna@example.com", HostileSample.Text);
        var composer = new MailComposer(_services.GetRequiredService<IServiceScopeFactory>());
        return composer.ComposeAsync("id", "about", Recipient.Buyer(hostile), mail, hostile);
    }

    private static IEnumerable<IMail> Samples(string mail) =>
        Enumerable.Range(0, 6).Select(variant => (IMail)HostileSample.Of(TypeOf(mail), variant));

    private static Type TypeOf(string mail) => typeof(IMail).Assembly.GetType(mail, throwOnError: true)!;

    [GeneratedRegex("href=\"([^\"]*)\"")]
    private static partial Regex Links();
}
