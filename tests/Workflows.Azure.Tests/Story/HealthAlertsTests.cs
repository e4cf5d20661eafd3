using System.Text.Json.Nodes;
using Microsoft.Azure.Functions.Worker;
using Workflows.Conformance;

namespace Workflows.Azure.Tests.Story;

/// <summary>What the daily watch writes for the alerts to find, and what it does not.</summary>
public sealed class HealthAlertsTests
{
    [Fact]
    public async Task An_approval_of_ten_days_and_the_deal_that_waits_for_it_do_not_stand_still()
    {
        await using var home = await AzureStory.StartAsync();
        var id = await DealScript.InquireAsync(home);
        await DealScript.QuoteAsync(home, id, discountPercent: 0);
        await DealScript.AcceptAsync(home, id);
        // What is left is so little that three levels are asked, one after the other.
        await DealScript.PayAsync(home, "BANK-1", await DealScript.InvoiceAsync(home, id, 0), 2720m);
        var invoice = (string)(await DealScript.InvoiceAsync(home, id, 0))["id"]!;
        await home.PostAsync($"/api/invoices/{invoice}/writeoff", new { reason = "Not worth a letter" });

        for (var day = 1; day <= 10; day++)
        {
            await home.PassAsync(TimeSpan.FromDays(1));
            await home.TickAsync("HealthAlerts");
            if (day <= 6)
            {
                Assert.Equal("Running", await StatusAsync(home, $"{invoice}-W1-request"));
            }
        }

        Assert.Empty(Alerts(home));
    }

    [Fact]
    public async Task An_instance_whose_step_never_ends_stands_still_and_is_logged()
    {
        await using var home = await AzureStory.StartAsync();
        using var never = new Gate();
        home.Durable.Activities["QualifyInquiry"] = async (_, stopping) =>
        {
            await never.PassAsync(stopping);
            return null;
        };
        var id = await DeliverAsync(home);
        await Eventually.ValueAsync(home.Queues.PumpAsync, _ => never.Arrivals > 0, "the step to begin");

        home.Clock.Advance(TimeSpan.FromDays(3));
        await ReportHealthAsync(home);
        Assert.Empty(Alerts(home));

        home.Clock.Advance(TimeSpan.FromDays(2));
        await ReportHealthAsync(home);
        Assert.StartsWith(
            $"Instance {id} of InquiryToPayment stands still since ", Assert.Single(Alerts(home)),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_instance_that_failed_is_logged_every_day_until_an_admin_sees_to_it()
    {
        await using var home = await AzureStory.StartAsync();
        home.Durable.Orchestrators["InquiryToPayment"] = _ => throw new InvalidOperationException("A bad build.");
        var id = await DeliverAsync(home);
        await home.SettleAsync();

        await home.TickAsync("HealthAlerts");
        await home.PassAsync(TimeSpan.FromDays(1));
        await home.TickAsync("HealthAlerts");
        Assert.Equal(2, Alerts(home).Count);
        Assert.All(
            Alerts(home),
            line => Assert.StartsWith(
                $"Instance {id} of InquiryToPayment has failed, at ", line, StringComparison.Ordinal));

        await home.PostAsync($"/api/instances/{id}/purge", new { reason = "Seen to" });
        await home.TickAsync("HealthAlerts");
        Assert.Equal(2, Alerts(home).Count);
    }

    private static async Task<string> DeliverAsync(AzureStory home)
    {
        using var answer = await home.DeliverAsync("msg_1", DealScript.InquiryOf("INQ-1"));
        return (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["dealId"]!;
    }

    /// <summary>The watch alone, while something is under way.</summary>
    private static async Task ReportHealthAsync(AzureStory home) =>
        await home.Functions.CallAsync("HealthAlerts", new TimerInfo(), CancellationToken.None);

    private static async Task<string> StatusAsync(AzureStory home, string instance) =>
        (string)(await home.GetAsync($"/api/instances/{instance}"))["status"]!;

    private static List<string> Alerts(AzureStory home) =>
        [.. home.Log.Lines
            .Select(line => line.Text)
            .Where(text => text.Contains(" stands still since ", StringComparison.Ordinal)
                || text.Contains(" has failed, at ", StringComparison.Ordinal))];
}
