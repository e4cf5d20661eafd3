using System.Text.Json.Serialization;
using Workflows.Receivables.Dunning;
using Workflows.Receivables.History;
using Workflows.Receivables.Payments;
using Workflows.Trade;

namespace Workflows.Receivables;

/// <summary>
/// An invoice while it is collected: what its collection hands to each activity, and gets back. Whatever an activity
/// decides is in it, so that it is not worked out a second time.
/// </summary>
/// <param name="Kept">What was kept of it last.</param>
internal sealed record CollectionFile(Invoice Invoice, InvoiceMark Kept)
{
    /// <summary>
    /// From this revision on, an invoice remembers what it refused, and its collection closes approvals itself.
    /// </summary>
    public const int KeepsRefusals = 1;

    /// <summary>
    /// From this revision on, an invoice keeps every dispute and promise, gives the buyer days after a pause, and says
    /// with a write-off what that opens.
    /// </summary>
    public const int KeepsEveryClaim = 2;

    /// <summary>The revision of what is kept from now on.</summary>
    public const int Present = KeepsEveryClaim;

    /// <summary>
    /// Which way the collection goes, as the activity that kept it last said; null is the first. What began before goes
    /// on as it began, because its history is replayed.
    /// </summary>
    public int? Revision { get; init; }

    /// <summary>What happened since it was last kept.</summary>
    public IReadOnlyList<InvoiceEntry> Entries { get; init; } = [];

    /// <summary>How many entries its history has; the first was written when the invoice was issued.</summary>
    public int EntryCount { get; init; } = 1;

    /// <summary>How many write-offs were asked for; numbers their approvals.</summary>
    public int WriteOffCount { get; init; }

    /// <summary>When what happens to it; null when that is to be worked out again.</summary>
    public ReminderPlan? Plan { get; init; }

    /// <summary>Reminders were put off until then; null when they were not.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>What it does next by itself; null when it only waits.</summary>
    public NextAction? Next { get; init; }

    /// <summary>Whether the invoice is kept as it stands here.</summary>
    public bool IsKept { get; init; }

    /// <summary>Whether its collection has nothing left to do before it waits, or ends.</summary>
    [JsonIgnore]
    public bool IsReady => IsKept && (Plan is not null || Invoice.IsSettled);

    /// <summary>Whether a reminder was tried: a credit hold that it may have placed goes with the collection.</summary>
    public bool WasReminded { get; init; }

    /// <summary>What was paid too much; null if nothing.</summary>
    public Money? ToBalance { get; init; }

    /// <summary>An invoice as it was issued.</summary>
    public static CollectionFile Of(Invoice invoice) => new(invoice, InvoiceMark.Of(invoice)) { IsKept = true };

    /// <summary>The same; or one that is collected again, which looks first for what was taken back.</summary>
    public static CollectionFile Of(CollectionInput input) => input.Before is { } before
        ? Of(input.Invoice) with
        {
            EntryCount = before.Entries,
            WriteOffCount = before.WriteOffs,
            WasReminded = input.Invoice.DunningLevel is not null,
            IsKept = false,
        }
        : Of(input.Invoice);

    /// <summary>The file with a change of the invoice.</summary>
    public CollectionFile With(Invoice invoice) =>
        this with { Invoice = invoice, IsKept = IsKept && invoice == Invoice };

    /// <summary>The file with another row of the invoice's history.</summary>
    public CollectionFile Note(DateTimeOffset when, StaffId who, InvoiceEvent what) => this with
    {
        Entries = [.. Entries, new InvoiceEntry(EntryCount + 1, who, when, Invoice.Status, what)],
        EntryCount = EntryCount + 1,
        IsKept = false,
    };

    /// <summary>The file after a change of what its plan follows from.</summary>
    public CollectionFile WithoutPlan() => this with { Plan = null, NotBefore = null };

    /// <summary>The file with what happens next by its plan.</summary>
    public CollectionFile WithNext(DateTimeOffset now)
    {
        var plan = Plan!;
        var next = NextAction.Of(Invoice, plan, now, NotBefore);
        var invoice = Invoice with
        {
            NextActionAt = next?.At,
            NextAction = next?.Text ?? NextAction.Idle(Invoice),
            PausedUntil = plan.PromiseEndsAt ?? plan.DisputeEndsAt,
            PauseReason = InvoiceText.Pause(Invoice),
        };
        return With(invoice) with { Next = next };
    }
}

/// <summary>A file after an activity.</summary>
/// <param name="Waiting">Payments to take up first; then the invoice was not kept, nor closed.</param>
internal sealed record KeptCollection(CollectionFile File, IReadOnlyList<PaymentBooked> Waiting);
