using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Workflows.Embedded.Tests.Serving;

namespace Workflows.Embedded.Tests.Mails;

/// <summary>A whole home that has mailed links: what lies on its disk lets nobody decide.</summary>
public sealed partial class LinksAtRestTests
{
    [Fact]
    public async Task No_file_of_the_database_and_no_copy_of_it_holds_a_link_that_was_mailed()
    {
        await using var home = await RunningHome.StartAsync();
        var (open, decided) = (await AskAsync(home, "INQ-1"), await AskAsync(home, "INQ-2"));
        var link = await home.ApprovalLinkAsync(decided);
        await home.PostAsync(link.AbsolutePath, new { decision = "Approve", comment = "Agreed" });
        await home.DealAsync(decided, each => (string?)each["quotationStatus"] == "Sent", "the decision");
        await Conformance.Eventually.SeenAsync(
            async () =>
            {
                await home.PassDaysAsync(1);
                return (await home.MailsAsync(open)).FirstOrDefault(mail => mail.Kind == "approval-reminder");
            },
            "a reminder");

        var mails = (await home.MailsAsync(open)).Concat(await home.MailsAsync(decided)).ToList();
        var tokens = mails.SelectMany(mail => Link().Matches(mail.Text + mail.Html))
            .Select(match => match.Groups[1].Value).ToHashSet();
        Assert.True(tokens.Count >= 2, "There are links to look for.");
        foreach (var token in tokens)
        {
            using var page = await home.Http.GetAsync("/api/approvals/" + token);
            Assert.NotEqual(System.Net.HttpStatusCode.NotFound, page.StatusCode);
        }

        var folder = Path.GetDirectoryName(home.Database)!;
        Assert.Empty(Holding(folder, tokens));
        RawDatabase.Execute(home.Database, $"VACUUM INTO '{Path.Combine(folder, "backup.db")}'");
        Assert.Empty(Holding(folder, tokens));

        await home.StopAsync();
        Assert.Empty(Holding(folder, tokens));
    }

    private static async Task<string> AskAsync(RunningHome home, string inquiry)
    {
        var deal = await home.AssignedAsync(inquiry);
        await home.PostAsync($"/api/deals/{deal}/quotations", Samples.Quotation(discountPercent: 12));
        await home.ApprovalLinkAsync(deal);
        return deal;
    }

    // The ring that makes the links lies in a folder of its own, which is backed up apart.
    private static List<string> Holding(string folder, HashSet<string> tokens)
    {
        var found = new List<string>();
        var files = Directory.GetFiles(folder, "*", SearchOption.AllDirectories);
        foreach (var file in files.Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            var text = Encoding.Latin1.GetString(bytes.ToArray());
            found.AddRange(tokens.Where(token => text.Contains(token, StringComparison.Ordinal)).Select(_ => file));
        }

        return found;
    }

    [GeneratedRegex("/api/approvals/([A-Za-z0-9_-]+)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Link();
}
