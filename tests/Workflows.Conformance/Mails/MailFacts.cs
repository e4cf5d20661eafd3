using Workflows.Platform;

namespace Workflows.Conformance;

/// <summary>The outbox: each id once, found again, in pages.</summary>
public abstract class MailFacts(HomeFactory factory) : HomeFacts(factory)
{
    private IMailOutbox Outbox => Home.Mail;

    /// <summary>A mail comes back as it was taken.</summary>
    [Fact]
    public virtual async Task A_mail_is_kept_as_it_was_taken()
    {
        var mail = new OutgoingMail(
            "deal-1:quotation",
            new MailParty("käufer@example.com", "Jörg Käufer \"Chef\""),
            "Angebot №7 – 询盘 👍",
            "Zeile 1\r\nZeile 2\n",
            "<p>Zeile 1<br>Zeile 2 &amp; mehr</p>",
            "quotation",
            "deal-1",
            new MailParty("sales@example.com", ""),
            For: "jörg",
            Placeholder: "0F5A");
        await Outbox.EnqueueAsync(mail, Bound);

        var kept = await Outbox.GetAsync(mail.Id, Bound);
        Assert.Equal(mail, kept!.Mail);
        Assert.Equal(Home.Now, kept.EnqueuedAt, TimeSpan.FromMinutes(1));
        Assert.Contains(kept.Status, new[] { MailStatus.Queued, MailStatus.Sent });
        Assert.Null(await Outbox.GetAsync("nobody", Bound));
    }

    /// <summary>The first mail of an id counts.</summary>
    [Fact]
    public virtual async Task A_mail_id_is_taken_once_and_the_first_mail_counts()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(n => Outbox.EnqueueAsync(Mail("m", $"subject {n}"), Bound)));
        var kept = await Outbox.GetAsync("m", Bound);
        await Outbox.EnqueueAsync(Mail("m", "late"), Bound);
        Assert.Equal(kept!.Mail, (await Outbox.GetAsync("m", Bound))!.Mail);
        Assert.Single((await Outbox.QueryAsync(new MailQuery(), Bound)).Items);
    }

    /// <summary>By subject, newest first, in pages.</summary>
    [Fact]
    public virtual async Task Mails_are_listed_newest_first_by_subject_and_in_pages()
    {
        for (var n = 0; n < 25; n++)
        {
            await Outbox.EnqueueAsync(Mail($"m{n:00}", "s", about: n % 5 == 0 ? "deal-0" : "deal-1"), Bound);
            await Home.AdvanceAsync(TimeSpan.FromSeconds(1));
        }

        var all = await ListAsync(new MailQuery { PageSize = 7 });
        Assert.Equal(Enumerable.Range(0, 25).Select(n => $"m{n:00}").Reverse(), all);
        Assert.Equal(
            ["m20", "m15", "m10", "m05", "m00"], await ListAsync(new MailQuery { About = "deal-0", PageSize = 2 }));
        Assert.Empty(await ListAsync(new MailQuery { About = "deal-2" }));
        Assert.Empty(await ListAsync(new MailQuery { Status = MailStatus.Failed }));
    }

    /// <summary>Headers stay single lines.</summary>
    [Theory]
    [InlineData("subject")]
    [InlineData("name")]
    [InlineData("address")]
    [InlineData("reply-to")]
    [InlineData("id")]
    [InlineData("empty id")]
    [InlineData("long id")]
    public virtual async Task A_mail_that_could_add_a_header_is_refused(string where)
    {
        const string Evil = "x\r\nBcc: everybody@example.com";
        var good = Mail("m", "s");
        var bad = where switch
        {
            "subject" => good with { Subject = Evil },
            "name" => good with { To = good.To with { Name = Evil } },
            "address" => good with { To = good.To with { Address = Evil } },
            "reply-to" => good with { ReplyTo = new MailParty("a@example.com", Evil) },
            "id" => good with { Id = Evil },
            "empty id" => good with { Id = " " },
            _ => good with { Id = new string('x', 201) },
        };
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Outbox.EnqueueAsync(bad, Bound));
        Assert.Empty((await Outbox.QueryAsync(new MailQuery(), Bound)).Items);
    }

    /// <summary>What was taken survives.</summary>
    [Fact]
    public virtual async Task A_mail_that_was_taken_survives_a_crash_and_a_restart()
    {
        await Outbox.EnqueueAsync(Mail("m", "s"), Bound);
        await Home.CrashAndRestartAsync();
        Assert.NotNull(await Outbox.GetAsync("m", Bound));
        await Home.RestartAsync();
        Assert.Single((await Outbox.QueryAsync(new MailQuery(), Bound)).Items);
    }

    private static OutgoingMail Mail(string id, string subject, string about = "deal-1") =>
        new(id, new MailParty("buyer@example.com", "Buyer"), subject, "text", "<p>text</p>", "note", about);

    private async Task<List<string>> ListAsync(MailQuery query)
    {
        var ids = new List<string>();
        do
        {
            var page = await Outbox.QueryAsync(query, Bound);
            Assert.InRange(page.Items.Count, 0, query.PageSize);
            ids.AddRange(page.Items.Select(mail => mail.Mail.Id));
            query = query with { Continuation = page.Continuation };
        }
        while (query.Continuation is not null);

        return ids;
    }
}
