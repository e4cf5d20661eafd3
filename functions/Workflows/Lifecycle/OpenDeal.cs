using Workflows.Inquiries;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Records;
using Workflows.Steps;
using Workflows.Trade;

namespace Workflows.Lifecycle;

/// <summary>What a deal is started with.</summary>
/// <param name="MessageId">The source's id of the message that brought it; the same one again is not news.</param>
/// <param name="By">Who took it in; the system for a webhook.</param>
public sealed record DealInput(DealId Deal, Inquiry Inquiry, string MessageId, StaffId By);

/// <summary>What the policy says to the orchestration itself; recorded, so that a later policy does not change a running deal's clock.</summary>
public sealed record DealTerms(string PolicyVersion, int SilenceDays, int MaxRounds);

/// <summary>Keeps the inquiry word for word and fixes the deal's terms. Keyed by deal: a second run writes the same row.</summary>
public sealed class OpenDeal(PolicyStore policies) : Step<OpenDeal, DealInput, DealTerms>
{
    private const string Inquiries = "Inquiries";

    /// <inheritdoc/>
    public override async Task<DealTerms> RunAsync(ActivityContext context, DealInput input)
    {
        var row = new TableRow(input.Deal.Value, "inquiry") { ["MessageId"] = input.MessageId }.With(input.Inquiry);
        await context.Tables.UpsertAsync(Inquiries, row, context.Stopping);
        var policy = policies.Current;
        return new DealTerms(policy.Version, policy.Quotations.SilenceDays, policy.Quotations.MaxRounds);
    }

    /// <summary>The inquiry word for word, or null.</summary>
    public static async Task<Inquiry?> FindInquiryAsync(ITableStore tables, DealId deal, CancellationToken cancellation) =>
        (await tables.GetAsync(Inquiries, deal.Value, "inquiry", cancellation))?.Read<Inquiry>();

    /// <summary>The source's id of the message that brought the inquiry, or null.</summary>
    public static async Task<string?> FindMessageIdAsync(ITableStore tables, DealId deal, CancellationToken cancellation) =>
        (await tables.GetAsync(Inquiries, deal.Value, "inquiry", cancellation))?["MessageId"] as string;
}
