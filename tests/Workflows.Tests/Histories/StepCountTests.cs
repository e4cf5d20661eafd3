using System.IO.Compression;
using System.Text.Json;
using Workflows.Lifecycle;
using Workflows.Orders;
using Workflows.Quotations;
using Workflows.Tests.Lifecycle;

namespace Workflows.Tests.Histories;

/// <summary>
/// How many steps an ordinary deal takes. On Azure each costs requests to the storage account and a turn of its
/// orchestration (docs/azure-costs.md), so that none is added unnoticed.
/// </summary>
public sealed class StepCountTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("workflows-steps-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_deal_that_is_paid_in_time_takes_these_steps_and_no_more()
    {
        await using var deal = await DealScenario.StartAsync();
        await PayInTimeAsync(deal);

        var steps = await StepsAsync(deal);

        Assert.Equal(
            [
                "QualifyInquiry", "AssignOwner", "PublishDeal",
                "PriceQuotation", "PublishDeal",
                "ConfirmOrder", "PublishDeal",
                "PublishDeal",
                "CheckCredit", "PublishDeal",
                "PublishDeal",
                "PublishDeal",
            ],
            Activities(deal.Id.Value));
        Assert.Equal(["SaveInvoice", "BookPayment"], Activities($"{deal.Id}-I1"));
        Assert.Equal(["SaveInvoice", "SendInvoice", "BookPayment"], Activities($"{deal.Id}-I2"));
        Assert.Equal((17, 2, 1, 4), (Count("Activity"), Count("SubOrchestration"), Count("SendEvent"), Count("Timer")));

        int Count(string kind) => steps.Count(step => step.Kind == kind);
        IEnumerable<string?> Activities(string instance) =>
            steps.Where(step => step.Kind == "Activity" && step.Instance == instance).Select(step => step.Name);
    }

    /// <summary>
    /// Two months: quoted within the hour, ordered in a week, deposit in three days, made in a month, shipped, paid.
    /// </summary>
    private static async Task PayInTimeAsync(DealScenario deal)
    {
        await deal.ReceiveAsync();
        await deal.Scenario.AdvanceAsync(TimeSpan.FromMinutes(30));
        await deal.QuoteAsync(discount: 5);
        await deal.Scenario.AdvanceAsync(TimeSpan.FromDays(7));
        await deal.AnswerAsync(BuyerAnswerKind.Accepted);
        await deal.Scenario.AdvanceAsync(TimeSpan.FromDays(3));
        await deal.PayAsync((await deal.InvoicesAsync())[0]);
        await deal.Scenario.AdvanceAsync(TimeSpan.FromDays(30));
        await deal.ReachAsync(MilestoneKind.Produced);
        await deal.Scenario.AdvanceAsync(TimeSpan.FromDays(5));
        await deal.ReachAsync(MilestoneKind.Shipped);
        await deal.Scenario.AdvanceAsync(TimeSpan.FromDays(7));
        await deal.PayAsync((await deal.InvoicesAsync())[1]);
        await deal.Scenario.AdvanceAsync(TimeSpan.FromDays(1));
        Assert.Equal(Stage.Paid, (await deal.DealAsync()).Stage);
    }

    /// <summary>What the deal and its collections asked of their home, in order.</summary>
    private async Task<List<Step>> StepsAsync(DealScenario deal)
    {
        await Recordings.RecordAsync(deal.Scenario, _folder);
        var steps = new List<Step>();
        foreach (var file in Directory.GetFiles(_folder, "*.json.gz", SearchOption.AllDirectories))
        {
            await using var content = new GZipStream(File.OpenRead(file), CompressionMode.Decompress);
            using var history = await JsonDocument.ParseAsync(content);
            var instance = history.RootElement.GetProperty("instance").GetString()!;
            steps.AddRange(history.RootElement.GetProperty("turns").EnumerateArray()
                .SelectMany(turn => turn.GetProperty("actions").EnumerateArray())
                .Select(action => new Step(
                    instance,
                    action.GetProperty("kind").GetString()!,
                    action.TryGetProperty("name", out var name) ? name.GetString() : null)));
        }

        return steps;
    }

    private sealed record Step(string Instance, string Kind, string? Name);
}
