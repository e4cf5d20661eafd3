using Workflows.Platform;
using Workflows.Receivables;
using Workflows.Trade;

namespace Workflows.Lifecycle;

/// <summary>How a deal ended.</summary>
/// <param name="Reason">For ends other than paid.</param>
public sealed record DealResult(DealId Deal, Stage End, string? Reason);

/// <summary>
/// One inquiry, from the platform's webhook to money in the bank: the process that ties the capabilities together.
/// </summary>
public sealed class InquiryToPayment : Orchestration<InquiryToPayment, DealInput, DealResult>
{
    /// <inheritdoc/>
    public override async Task<DealResult> RunAsync(OrchestrationContext context, DealInput input)
    {
        using var process = new DealProcess(context, Opened(input, context.UtcNow), input.MessageId);
        await RunProcessAsync(process, input);
        await process.PublishAsync(waiting: null);
        return new DealResult(process.Deal.Id, process.Deal.Stage, process.Deal.EndReason);
    }

    private static async Task RunProcessAsync(DealProcess process, DealInput input)
    {
        if (!await Intake.QualifyAsync(process, input) || !await Intake.AssignAsync(process))
        {
            return;
        }

        var negotiation = new Negotiation(process);
        IReadOnlyList<Invoice>? invoices;
        do
        {
            if (!await negotiation.WinAsync())
            {
                return;
            }

            invoices = await Ordering.ConfirmAsync(process, negotiation);
        }
        while (invoices is null && !process.Deal.HasEnded);

        if (invoices is not null)
        {
            var fulfilment = new Fulfilment(process, invoices);
            await fulfilment.RunAsync();
            Close(process, await fulfilment.ResultsAsync());
        }
    }

    private static void Close(DealProcess process, IReadOnlyList<CollectionResult> results)
    {
        if (process.Deal.HasEnded)
        {
            return;
        }

        var paid = results.Aggregate(
            Money.Zero(process.Deal.Order!.Total.Currency), (sum, result) => sum + result.Paid);
        process.MoveTo(Stage.Closed, StaffId.System, $"Books closed: {paid} received on {results.Count} invoices");
        var givenUp = results.Where(result => result.Status == InvoiceStatus.WrittenOff).ToList();
        if (givenUp.Count == 0)
        {
            process.MoveTo(Stage.Paid, StaffId.System, "Paid");
            return;
        }

        var lost = givenUp.Aggregate(Money.Zero(paid.Currency), (sum, result) => sum + result.WrittenOff);
        process.End(Stage.WrittenOff, StaffId.System, "Closed with a loss", $"{lost} written off");
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
