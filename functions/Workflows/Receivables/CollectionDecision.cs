using Workflows.Receivables.Payments;
using Workflows.Receivables.WriteOffs;
using Workflows.Trade;

namespace Workflows.Receivables;

/// <summary>What a collection decides: the file after it, and what is then carried out, in this order.</summary>
internal sealed record CollectionDecision(CollectionFile File, IReadOnlyList<CollectionEffect> Effects)
{
    public static CollectionDecision Of(CollectionFile file, params IReadOnlyList<CollectionEffect> effects) =>
        new(file, effects);
}

/// <summary>Something for a collection to carry out outside its file.</summary>
internal abstract record CollectionEffect
{
    private CollectionEffect()
    {
    }

    /// <summary>Books a payment by the policy; what becomes of the file is decided there.</summary>
    public sealed record Book(PaymentBooked Payment) : CollectionEffect;

    /// <summary>Sends the invoice to the buyer.</summary>
    /// <param name="IsCorrection">Whether another due date was sent before.</param>
    public sealed record Send(bool IsCorrection) : CollectionEffect;

    /// <summary>Sends the reminder whose time has come.</summary>
    public sealed record Remind : CollectionEffect;

    /// <summary>Asks for approval to give up what is open; the collection goes on meanwhile.</summary>
    public sealed record AskWriteOff(WriteOffInput Request) : CollectionEffect;

    /// <summary>Signals a running approval that there is nothing left to give up.</summary>
    public sealed record SupersedeWriteOff(ApprovalId Approval) : CollectionEffect;

    /// <summary>Notifies staff by mail, when the invoice is kept next.</summary>
    public sealed record Escalate(Escalation Escalation) : CollectionEffect;
}
