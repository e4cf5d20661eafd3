using Workflows.Conformance;
using Workflows.Platform;

namespace Workflows.Azure.Tests.Storage;

/// <summary>Two processes of the app, each with clients of its own, on one account.</summary>
public sealed class TwoProcessTests() : HomeFacts(new StorageHomeFactory(isOnVirtualClock: true))
{
    private const string Table = "deals";

    [Fact]
    public async Task Of_two_that_insert_the_same_row_one_succeeds_each_time()
    {
        await using var second = await Home.StartSecondAsync();
        for (var n = 0; n < 10; n++)
        {
            var taken = await Task.WhenAll(new[] { Home, second }.Select((home, by) =>
                home.Tables.TryInsertAsync(Table, new TableRow("p", $"{n}") { ["by"] = by }, Bound)));
            Assert.Equal((await second.Tables.GetAsync(Table, "p", $"{n}", Bound))!["by"], Array.IndexOf(taken, true));
            Assert.Single(taken, yes => yes);
        }
    }

    [Fact]
    public async Task What_one_has_changed_meanwhile_the_other_does_not_overwrite()
    {
        await using var second = await Home.StartSecondAsync();
        var read = await Home.Tables.InsertAsync(Table, new TableRow("p", "r") { ["n"] = 1 }, Bound);
        await second.Tables.ReplaceAsync(Table, new TableRow("p", "r") { ["n"] = 2 }, read, Bound);
        await Assert.ThrowsAsync<RowConflictException>(
            () => Home.Tables.ReplaceAsync(Table, new TableRow("p", "r") { ["n"] = 3 }, read, Bound));
        Assert.Equal(2, (await Home.Tables.GetAsync(Table, "p", "r", Bound))!["n"]);
    }

    [Fact]
    public async Task A_mail_that_both_put_out_is_one_mail()
    {
        await using var second = await Home.StartSecondAsync();
        var mail = new OutgoingMail(
            "deal-1-quoted", new MailParty("buyer@example.com", "Buyer"), "Quotation", "text", "<p>text</p>", "note",
            "deal-1");
        await Task.WhenAll(Home.Mail.EnqueueAsync(mail, Bound), second.Mail.EnqueueAsync(mail, Bound));
        Assert.Single((await second.Mail.QueryAsync(new MailQuery { About = "deal-1" }, Bound)).Items);
    }
}
