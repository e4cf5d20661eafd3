using Workflows.Approvals;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Receivables.WriteOffs;

/// <summary>A receivable that a person asks to give up.</summary>
/// <param name="Approval">Id of the approval.</param>
/// <param name="Invoice">As it stood when it was asked.</param>
internal sealed record WriteOffInput(ApprovalId Approval, Invoice Invoice, StaffId By, string Reason)
{
    /// <summary>What the invoice holds back; null when that is nothing, or was not said yet.</summary>
    public Prerequisite? Gates { get; init; }
}

/// <summary>
/// Runs the approval of a write-off beside its collection, which goes on taking payments and gets the outcome as a
/// signal.
/// </summary>
internal sealed class WriteOffRequest : Orchestration<WriteOffRequest, WriteOffInput, ApprovalOutcome>
{
    public override async Task<ApprovalOutcome> RunAsync(OrchestrationContext context, WriteOffInput input)
    {
        var outcome = await Approval.CallAsync(
            context, WriteOffApproval.For(input), new SubOrchestrationCallOptions(input.Approval.Value));
        var decided = new WriteOffDecided($"{input.Approval}|decided", outcome.DecidedBy, input.Approval, outcome);
        CollectionSignal.Event.Send(context, input.Invoice.Id.Value, decided);
        await AnswerWriteOff.CallAsync(context, new AnswerWriteOffInput(input, outcome));
        return outcome;
    }

    /// <summary>Signals a running approval that there is nothing left to give up.</summary>
    public static void Supersede(OrchestrationContext context, ApprovalId approval) =>
        ApprovalSignals.Superseded.Send(context, approval.Value, Nothing.Value);
}
