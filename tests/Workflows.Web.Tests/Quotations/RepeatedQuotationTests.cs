using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Platform;
using Workflows.Web.Hosting.Keys;

namespace Workflows.Web.Tests.Quotations;

/// <summary>A retry of a quotation is the same quotation, whichever key its sender has by then.</summary>
public sealed class RepeatedQuotationTests(TradingHome home) : IClassFixture<TradingHome>
{
    [Fact]
    public async Task A_retry_after_the_api_key_was_replaced_makes_and_mails_no_second_quotation()
    {
        var deal = await home.AssignedAsync();
        var first = await QuoteAsync(home.As(Role.Admin));
        var replaced = await home.Web.CallerAsync(TradingHome.NameOf(Role.Admin), Role.Admin);

        var again = await QuoteAsync(replaced);

        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        Assert.Equal("true", Assert.Single(again.Headers.GetValues("Idempotent-Replayed")));
        await home.DealAsync(
            deal, found => found.GetProperty("quotationStatus").GetString() == "Sent", "the quotation");
        var mails = await home.Web.Services.GetRequiredService<IMailOutbox>()
            .QueryAsync(new MailQuery { About = deal });
        Assert.Single(mails.Items, record => record.Mail.Kind == "quotation-offer");

        async Task<HttpResponseMessage> QuoteAsync(HttpClient caller)
        {
            var answer = await caller.SendAsync(WebHome.Post(
                $"/api/deals/{deal}/quotations", TradingHome.QuotationOf(discount: 0), "quote-once-1"));
            Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Accepted or HttpStatusCode.Created);
            return answer;
        }
    }
}
