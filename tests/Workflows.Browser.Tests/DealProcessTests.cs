using System.Net;
using Microsoft.Playwright;
using Workflows.Web.Hosting.Keys;

namespace Workflows.Browser.Tests;

/// <summary>A deal carried by clicks alone, and the link that only a person can decide by.</summary>
public sealed class DealProcessTests(BrowserHome home) : IClassFixture<BrowserHome>
{
    [BrowserFact]
    public async Task A_deal_can_be_clicked_from_inquiry_to_payment()
    {
        var deal = await home.TakeInquiryAsync("Anna Berg", "Berg Anlagenbau GmbH", "Please quote CIF Hamburg.");
        var page = await home.SignInAsync();
        await ActAsync(page, deal, "Record a reply to the buyer", "Record the reply");
        await OfferAsync(page, deal, discount: "12");
        var link = await LinkAsync(deal);

        await link.GetByLabel("Approve").CheckAsync();
        await link.GetByRole(AriaRole.Button, new() { Name = "Record my decision" }).ClickAsync();
        Assert.Equal("Approved", await link.GetByRole(AriaRole.Heading, new() { Level = 1 }).InnerTextAsync());
        await home.EventuallyAsync(deal, found => found.GetProperty("stage").GetString() == "Quoted");

        await page.GotoAsync($"/deals/{deal}");
        await page.GetByText("Record the buyer's answer").ClickAsync();
        await page.GetByLabel("Yes, they order").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Record the answer" }).ClickAsync();
        await home.EventuallyAsync(deal, found => found.GetProperty("invoices").GetArrayLength() == 2);

        await PayAsync(page, deal, "FT-1");
        await home.EventuallyAsync(
            deal, found => found.GetProperty("invoices")[0].GetProperty("status").GetString() == "Paid");
        await ActAsync(page, deal, "Record a milestone", "Record the milestone");
        await home.EventuallyAsync(deal, found => found.GetProperty("milestones").GetArrayLength() == 1);
        await ActAsync(page, deal, "Record a milestone", "Record the milestone");
        await home.EventuallyAsync(deal, found => found.GetProperty("milestones").GetArrayLength() == 2);
        await PayAsync(page, deal, "FT-2");
        await home.EventuallyAsync(deal, found => found.GetProperty("stage").GetString() == "Paid");

        await page.GotoAsync($"/deals/{deal}");
        Assert.True(await page.GetByText("Paid in full.").IsVisibleAsync());
    }

    [BrowserFact]
    public async Task Opening_a_link_decides_nothing_and_a_decision_is_taken_once()
    {
        var deal = await home.TakeInquiryAsync("Ben Berg", "Berg Pumpen GmbH", "Please quote CIF Hamburg.");
        var page = await home.SignInAsync();
        await ActAsync(page, deal, "Record a reply to the buyer", "Record the reply");
        await OfferAsync(page, deal, discount: "12");
        var link = await LinkAsync(deal);

        for (var visit = 0; visit < 3; visit++)
        {
            await link.ReloadAsync();
        }

        using var head = await home.Api.SendAsync(new HttpRequestMessage(HttpMethod.Head, link.Url));
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal(0, await link.Locator("input[name=decision]:checked").CountAsync());
        Assert.Equal(0, await link.Locator("script").CountAsync());

        await link.GetByLabel("Reject").CheckAsync();
        await link.GetByRole(AriaRole.Button, new() { Name = "Record my decision" }).ClickAsync();
        Assert.Contains("say why", await link.GetByRole(AriaRole.Alert).InnerTextAsync(), StringComparison.Ordinal);

        await link.GetByLabel("Reject").CheckAsync();
        await link.Locator("textarea[name=comment]").FillAsync("Too much for a first order.");
        await link.GetByRole(AriaRole.Button, new() { Name = "Record my decision" }).ClickAsync();
        Assert.Equal("Rejected", await link.GetByRole(AriaRole.Heading, new() { Level = 1 }).InnerTextAsync());

        await link.ReloadAsync();
        Assert.Equal("Rejected", await link.GetByRole(AriaRole.Heading, new() { Level = 1 }).InnerTextAsync());
        using var forged = await home.Api.PostAsync(
            link.Url, new FormUrlEncodedContent([KeyValuePair.Create("decision", "approve")]));
        Assert.Equal(HttpStatusCode.Forbidden, forged.StatusCode);
    }

    private static async Task ActAsync(IPage page, string deal, string act, string button)
    {
        await page.GotoAsync($"/deals/{deal}");
        await page.GetByText(act).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();
        await page.WaitForURLAsync("**done=**");
    }

    private static async Task OfferAsync(IPage page, string deal, string discount)
    {
        await page.GotoAsync($"/deals/{deal}");
        await page.GetByText("Send a quotation").ClickAsync();
        await page.Locator("input[name=discountPercent]").FillAsync(discount);
        await page.Locator("input[name=price0]").FillAsync("620");
        await page.Locator("input[name=cost0]").FillAsync("300");
        await page.Locator("select[name=paymentTerms]").SelectOptionAsync("TT30-70BL");
        await page.GetByRole(AriaRole.Button, new() { Name = "Put in the quotation" }).ClickAsync();
        await page.WaitForURLAsync("**done=quotation**");
    }

    /// <summary>
    /// Opens the approval's page as the director would who is asked: by the link in the mail to them, in a browser
    /// where nobody is signed in.
    /// </summary>
    private async Task<IPage> LinkAsync(string deal)
    {
        var page = await home.SignInAsAsync("viktor", Role.Manager);
        await home.EventuallyAsync(deal, found => found.GetProperty("approvals").GetArrayLength() == 1);
        var mail = page.GetByRole(AriaRole.Link, new() { Name = "Please decide" });
        for (var look = 0; look < 100 && await mail.CountAsync() == 0; look++)
        {
            await page.GotoAsync($"/mails?about={deal}");
        }

        await mail.First.ClickAsync();
        var link = page.FrameLocator("iframe").GetByRole(AriaRole.Link, new() { Name = "Look at it and decide" });
        Assert.Equal("_blank", await page.FrameLocator("iframe").Locator("base").GetAttributeAsync("target"));
        var window = await home.OpenAsync();
        await window.GotoAsync((await link.GetAttributeAsync("href"))!);
        return window;
    }

    private static async Task PayAsync(IPage page, string deal, string reference)
    {
        await page.GotoAsync($"/deals/{deal}");
        await page.GetByText("Record a payment").ClickAsync();
        var take = page.GetByRole(AriaRole.Button, new() { Name = "Take the payment in" });
        var form = page.Locator("form").Filter(new() { Has = take });
        await form.Locator("input[name=reference]").FillAsync($"{deal}-{reference}");
        await take.ClickAsync();
        await page.WaitForURLAsync("**done=payment**");
    }
}
