using System.Net;
using Microsoft.Playwright;

namespace Workflows.Browser.Tests;

public sealed class ConsoleTests(BrowserHome home) : IClassFixture<BrowserHome>
{
    private static readonly string[] Pages =
        [
            "/", "/ended", "/approvals", "/approvals?ended=1", "/receivables", "/reviews", "/mails", "/webhooks",
            "/operations",
        ];

    [BrowserFact]
    public async Task A_wrong_key_is_refused_and_a_good_one_opens_the_board()
    {
        var page = await home.OpenAsync();
        await page.GotoAsync("/");
        Assert.EndsWith("/sign-in", page.Url, StringComparison.Ordinal);

        await page.GetByLabel("API key").FillAsync("not-a-key-of-this-home");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        Assert.Contains("not good", await page.GetByRole(AriaRole.Alert).InnerTextAsync(), StringComparison.Ordinal);

        await page.GetByLabel("API key").FillAsync(BrowserHome.AdminKey);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        Assert.Equal("Deals", await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).InnerTextAsync());
    }

    [BrowserFact]
    public async Task Hostile_texts_stay_texts()
    {
        const string company = "<img src=x onerror=alert(1)></title><script>alert(2)</script>";
        var deal = await home.TakeInquiryAsync("{{7*7}} @(1+1)", company, "<script>alert(3)</script>");
        var page = await home.SignInAsync();
        var dialogs = 0;
        page.Dialog += (_, dialog) =>
        {
            dialogs++;
            _ = dialog.DismissAsync();
        };

        foreach (var address in (string[])["/", $"/deals/{deal}", "/mails"])
        {
            await page.GotoAsync(address);
            Assert.Equal(0, await page.Locator("script, img").CountAsync());
        }

        await page.GotoAsync($"/deals/{deal}");
        Assert.Equal(company, await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).InnerTextAsync());
        Assert.Equal(0, dialogs);
    }

    [BrowserFact]
    public async Task No_page_breaks_its_own_policy_or_overflows_a_phone()
    {
        var deal = await home.TakeInquiryAsync(
            "Anna Berg", "Berg Anlagenbau GmbH & Co. Kommanditgesellschaft", "Please quote.");
        var page = await home.SignInAsync(390, 844);
        var complaints = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
            {
                complaints.Add($"{page.Url}: {message.Text}");
            }
        };

        foreach (var address in Pages.Append($"/deals/{deal}"))
        {
            var answer = await page.GotoAsync(address);
            Assert.Equal(200, answer!.Status);
            Assert.Contains(
                "default-src 'none'", await answer.HeaderValueAsync("content-security-policy"),
                StringComparison.Ordinal);
            Assert.InRange(await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), 1, 390);
        }

        Assert.Empty(complaints);
    }

    [BrowserFact]
    public async Task What_is_refused_is_said_beside_what_was_put_in()
    {
        var deal = await home.TakeInquiryAsync("Anna Berg", "Berg Refused GmbH", "Please quote.");
        var page = await home.SignInAsync();
        await page.GotoAsync($"/deals/{deal}");
        await page.GetByText("Send a quotation").ClickAsync();
        await page.Locator("input[name=price0]").FillAsync("six hundred");
        await page.GetByRole(AriaRole.Button, new() { Name = "Put in the quotation" }).ClickAsync();

        Assert.Contains(
            "list price", await page.GetByRole(AriaRole.Status).InnerTextAsync(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal("six hundred", await page.Locator("input[name=price0]").InputValueAsync());
    }

    [BrowserFact]
    public async Task A_form_from_elsewhere_is_refused()
    {
        using var client = new HttpClient(
            new HttpClientHandler { AllowAutoRedirect = false })
        { BaseAddress = new Uri(home.Url) };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-in")
        {
            Content = new FormUrlEncodedContent([KeyValuePair.Create("key", BrowserHome.AdminKey)]),
        };
        request.Headers.Add("Sec-Fetch-Site", "cross-site");

        using var answer = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
    }
}
