using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Web.Messages;

namespace Workflows.Embedded.Tests.Web.Console;

public sealed partial class PoisonMessagesTests(WebHome home) : IClassFixture<WebHome>
{
    [GeneratedRegex("action=\"(/operations/poison/[^\"]+)\"[^>]*><input type=\"hidden\" name=\"_form\" value=\"([^\"]+)\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();

    [Fact]
    public async Task AMessageThatNobodyCouldHandle_IsShownAsText_UntilAnAdminIsDoneWithIt()
    {
        var poison = home.Services.GetRequiredService<PoisonMessages>();
        await poison.KeepAsync("inbound", "<script>alert(1)</script>", default);
        await poison.KeepAsync("inbound", "<script>alert(1)</script>", default);
        var only = Assert.Single(await poison.LatestAsync(10, default));
        Assert.Equal(("inbound", "<script>alert(1)</script>"), (only.Queue, only.Body));

        var page = await home.Admin.GetStringAsync("/operations");
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", page, StringComparison.Ordinal);
        var form = Form().Match(page);
        Assert.True(form.Success);

        var answer = await home.Admin.PostAsync(
            form.Groups[1].Value, new FormUrlEncodedContent([new("_form", WebUtility.HtmlDecode(form.Groups[2].Value))]));
        Assert.Equal((HttpStatusCode.SeeOther, "/operations"), (answer.StatusCode, answer.Headers.Location?.ToString()));
        Assert.Empty(await poison.LatestAsync(10, default));
        Assert.DoesNotContain("Given up", await home.Admin.GetStringAsync("/operations"), StringComparison.Ordinal);
    }
}
