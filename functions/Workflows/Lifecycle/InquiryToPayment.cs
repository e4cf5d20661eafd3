using Workflows.Inquiries;
using Workflows.Lifecycle.Timeline;
using Workflows.Platform;
using Workflows.Receivables;
using Workflows.Trade;

namespace Workflows.Lifecycle;

/// <summary>How a deal ended.</summary>
public sealed record DealResult(DealId Deal, Stage End);

/// <summary>
/// One inquiry, from the platform's webhook to money in the bank: the process that ties the capabilities together.
/// </summary>
public sealed class InquiryToPayment : Orchestration<InquiryToPayment, DealInput, DealResult>
{
    /// <inheritdoc/>
    public override string HandsUntakenEventsTo => LateDealSignals.Name;

    /// <inheritdoc/>
    public override async Task<DealResult> RunAsync(OrchestrationContext context, DealInput input)
    {
        using var process = new DealProcess(context, Opened(input, context.UtcNow));
        await RunProcessAsync(process, input);
        await process.PublishAsync(waiting: null);
        return new DealResult(process.Deal.Id, process.Deal.Stage);
    }

    private static async Task RunProcessAsync(DealProcess process, DealInput input)
    {
        var negotiation = new NegotiationProcess(process);
        var isSerious = await Intake.QualifyAsync(process, input);
        var clockFrom = process.Deal.Inquiry.ReceivedAt;
        while (isSerious || await Intake.ReinstateAsync(process, input))
        {
            // An owner of a deal that was rejected for a while has the whole time to respond.
            await SellAsync(process, negotiation, isSerious ? clockFrom : process.Now);
            isSerious = false;
        }
    }

    /// <summary>From the inquiry's owner to the end of the deal.</summary>
    /// <param name="clockFrom">When the first-response clock starts, UTC.</param>
    private static async Task SellAsync(
        DealProcess process, NegotiationProcess negotiation, DateTimeOffset clockFrom)
    {
        if (!await Intake.FindOwnerAsync(process, clockFrom))
        {
            return;
        }

        IReadOnlyList<Invoice>? invoices;
        do
        {
            if (!await negotiation.WinAsync())
            {
                return;
            }

            invoices = await Ordering.ConfirmAsync(process);
        }
        while (invoices is null && !process.Deal.HasEnded);

        if (invoices is not null)
        {
            var fulfilment = new FulfilmentProcess(process, invoices);
            await fulfilment.RunAsync();
            var results = await fulfilment.ResultsAsync();
            if (!process.Deal.HasEnded)
            {
                process.Apply(Close(process.State, results, process.Now));
            }
        }
    }

    private static DealChanges Close(
        DealState state, IReadOnlyList<CollectionResult> results, DateTimeOffset now)
    {
        var changes = new DealChanges(state, now);
        var nothing = Money.Zero(state.Deal.Order!.Total.Currency);
        var paid = results.Aggregate(nothing, (sum, result) => sum + result.Paid);
        changes.MoveTo(Stage.Closed, StaffId.System, new BooksClosed(paid, results.Count));
        var writtenOff = results.Where(result => result.Status == InvoiceStatus.WrittenOff).ToList();
        if (writtenOff.Count == 0)
        {
            changes.MoveTo(Stage.Paid, StaffId.System, new DealPaid());
            return changes;
        }

        var lost = writtenOff.Aggregate(nothing, (sum, result) => sum + result.WrittenOff);
        changes.End(Stage.WrittenOff, StaffId.System, new DealWrittenOff(lost));
        return changes;
    }

    // The words of the inquiry are kept once, in a table; what travels with every step is short.
    private static DealState Opened(DealInput input, DateTimeOffset now) => new(
        new Deal
        {
            Id = input.Deal,
            Stage = Stage.Received,
            Inquiry = InquiryText.Excerpt(input.Inquiry),
            UpdatedAt = now,
        },
        input.MessageId,
        new DealTerms("", SilenceDays: 0, MaxRounds: 0),
        LastSign: now,
        FirstResponse: null);
}
