using Workflows.Platform;
using Workflows.Receivables;
using Workflows.Trade;

namespace Workflows.Lifecycle;

/// <summary>How a deal ended.</summary>
/// <param name="Reason">For ends other than paid.</param>
public sealed record DealResult(DealId Deal, Stage End, string? Reason);

/// <summary>One inquiry, from the platform's webhook to money in the bank: the story that ties the capabilities together.</summary>
public sealed class InquiryToPayment : Orchestration<InquiryToPayment, DealInput, DealResult>
{
    /// <inheritdoc/>
    public override async Task<DealResult> RunAsync(OrchestrationContext context, DealInput input)
    {
        using var story = new DealStory(context, Opened(input, context.UtcNow), input.MessageId);
        await TellAsync(story, input);
        await story.PublishAsync(waiting: null);
        return new DealResult(story.Deal.Id, story.Deal.Stage, story.Deal.EndReason);
    }

    private static async Task TellAsync(DealStory story, DealInput input)
    {
        if (!await Intake.QualifyAsync(story, input) || !await Intake.AssignAsync(story))
        {
            return;
        }

        var negotiation = new Negotiation(story);
        IReadOnlyList<Invoice>? invoices;
        do
        {
            if (!await negotiation.WinAsync())
            {
                return;
            }

            invoices = await Ordering.ConfirmAsync(story, negotiation);
        }
        while (invoices is null && !story.Deal.HasEnded);

        if (invoices is not null)
        {
            var fulfilment = new Fulfilment(story, invoices);
            await fulfilment.RunAsync();
            Close(story, await fulfilment.ResultsAsync());
        }
    }

    private static void Close(DealStory story, IReadOnlyList<CollectionResult> results)
    {
        if (story.Deal.HasEnded)
        {
            return;
        }

        var paid = results.Aggregate(Money.Zero(story.Deal.Order!.Total.Currency), (sum, result) => sum + result.Paid);
        story.MoveTo(Stage.Closed, StaffId.System, $"Books closed: {paid} received on {results.Count} invoices");
        var givenUp = results.Where(result => result.Status == InvoiceStatus.WrittenOff).ToList();
        if (givenUp.Count == 0)
        {
            story.MoveTo(Stage.Paid, StaffId.System, "Paid");
            return;
        }

        var lost = givenUp.Aggregate(Money.Zero(paid.Currency), (sum, result) => sum + result.WrittenOff);
        story.End(Stage.WrittenOff, StaffId.System, "Closed with a loss", $"{lost} written off");
    }

    // The words of the inquiry are kept once, in a table; what travels with every step is short.
    private static Deal Opened(DealInput input, DateTimeOffset now) => new()
    {
        Id = input.Deal,
        Stage = Stage.Received,
        Inquiry = DealTexts.Excerpt(input.Inquiry),
        UpdatedAt = now,
    };
}
