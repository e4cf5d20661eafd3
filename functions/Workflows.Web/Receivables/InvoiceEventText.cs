using System.Diagnostics;
using Workflows.Policies;
using Workflows.Receivables.History;
using Workflows.Web.Rendering;

namespace Workflows.Web.Receivables;

/// <summary>What happened to an invoice, in the reader's language.</summary>
internal static class InvoiceEventText
{
    private static readonly ResourceTexts Texts = new("Workflows.Web.Receivables.InvoiceEventTexts");

    /// <summary>One line.</summary>
    public static string What(InvoiceEvent happened) => happened switch
    {
        Issued e => Texts.Get("Issued", e.Number, e.Amount),
        DueDateSet e => Texts.Get("DueDateSet", e.Due),
        DueDateCorrected e => Texts.Get("DueDateCorrected", e.Before, e.Due),
        TurnedOverdue => Texts.Get("TurnedOverdue"),
        MoneyReceived e => Texts.Get("MoneyReceived", e.Amount, e.ValueDate),
        PaidInFull => Texts.Get("PaidInFull"),
        ReminderSent e => Texts.Get("ReminderSent", Texts.Get($"ReminderSent.{e.Tone}", e.Level), e.Claimed),
        ReminderHeldBack e => Texts.Get("ReminderHeldBack", e.Credit),
        PaymentPromised e => Texts.Get("PaymentPromised", e.Date),
        PromiseBroken => Texts.Get("PromiseBroken"),
        DisputeRecorded e => Texts.Get("DisputeRecorded", e.Amount, e.Until),
        DisputeSettled => Texts.Get("DisputeSettled"),
        DisputeLapsed e => Texts.Get("DisputeLapsed", e.Amount),
        WriteOffAsked e => Texts.Get("WriteOffAsked", e.Amount),
        WriteOffDenied e => Texts.Get($"WriteOffDenied.{e.Verdict}"),
        WrittenOff e => Texts.Get("WrittenOff", e.Amount),
        OwnerReplaced e => Texts.Get("OwnerReplaced", e.Owner),
        CancelledWithOrder { Received.Amount: > 0 } e => Texts.Get("CancelledWithOrder.Received", e.Received),
        CancelledWithOrder => Texts.Get("CancelledWithOrder"),
        RequestRefused e => Texts.Get($"RequestRefused.{e.Request}"),
        _ => throw new UnreachableException($"{happened.GetType().Name} has no words."),
    };

    /// <summary>The reason, when there is one to give; as it was typed where a person gave it.</summary>
    public static string? Why(InvoiceEvent happened) => happened switch
    {
        Issued { Due: { } due } e => Texts.Get("Issued.Due", due, DueReason(e.Basis, e.OffsetDays)),
        Issued e => Texts.Get("Issued.NotDue", DueReason(e.Basis, e.OffsetDays)),
        DueDateSet e => Texts.Get("DueDateSet.Why", DueReason(e.Basis, e.OffsetDays), e.BasisDate),
        DueDateCorrected e => Texts.Get("DueDateSet.Why", DueReason(e.Basis, e.OffsetDays), e.BasisDate),
        TurnedOverdue e => Texts.Get("TurnedOverdue.Why", e.Open, e.Due),
        MoneyReceived e => Join(WhyOf(e)),
        ReminderSent e => Join(WhyOf(e)),
        PaymentPromised e => e.Comment,
        PromiseBroken e => Texts.Get("PromiseBroken.Why", e.Open, e.Date),
        DisputeRecorded e => e.Reason,
        DisputeSettled e => e.Comment,
        DisputeLapsed => Texts.Get("DisputeLapsed.Why"),
        WriteOffAsked e => e.Reason,
        WriteOffDenied e => e.Comment,
        WrittenOff e => e.Comment,
        CancelledWithOrder e => e.Reason,
        RequestRefused e => e.Reason,
        _ => null,
    };

    private static IEnumerable<string> WhyOf(MoneyReceived received)
    {
        if (received.Fee.Amount > 0)
        {
            yield return Texts.Get("MoneyReceived.Fee", received.Fee);
        }

        if (received.StillOpen.Amount > 0)
        {
            yield return Texts.Get("MoneyReceived.StillOpen", received.StillOpen);
        }

        if (received.Surplus.Amount > 0)
        {
            yield return Texts.Get("MoneyReceived.Surplus", received.Surplus);
        }

        yield return Texts.Get(
            received.FromCredit ? "MoneyReceived.FromCredit" : "MoneyReceived.Reference", received.Reference);
    }

    private static IEnumerable<string> WhyOf(ReminderSent reminder)
    {
        yield return reminder.DaysOverdue > 0
            ? Texts.Get("ReminderSent.DaysOverdue", reminder.DaysOverdue)
            : Texts.Get("ReminderSent.Due", reminder.Due);
        if (reminder.OtherInvoices > 0)
        {
            yield return reminder.OtherInvoices == 1
                ? Texts.Get("ReminderSent.OtherInvoice")
                : Texts.Get("ReminderSent.OtherInvoices", reminder.OtherInvoices);
        }

        if (reminder.Interest is { } interest)
        {
            yield return Texts.Get("ReminderSent.Interest", interest);
        }

        if (reminder.CreditOnHold)
        {
            yield return Texts.Get("ReminderSent.CreditOnHold");
        }
    }

    private static string DueReason(DueBasis basis, int offsetDays) => offsetDays switch
    {
        0 => Texts.Get("DueReason.AtOnce", Texts.Get($"Basis.{basis}")),
        1 => Texts.Get("DueReason.Day", Texts.Get($"Basis.{basis}")),
        _ => Texts.Get("DueReason.Days", offsetDays, Texts.Get($"Basis.{basis}")),
    };

    private static string Join(IEnumerable<string> parts) => string.Join("; ", parts);
}
