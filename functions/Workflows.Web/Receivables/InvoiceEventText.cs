using System.Diagnostics;
using Workflows.Policies;
using Workflows.Receivables.History;
using Workflows.Web.Rendering;

namespace Workflows.Web.Receivables;

/// <summary>What happened to an invoice, in the reader's language.</summary>
internal static class InvoiceEventText
{
    private static readonly TextResources Texts = new(typeof(InvoiceEventText));

    /// <summary>One line.</summary>
    public static string What(InvoiceEvent happened) => happened switch
    {
        Issued e => Texts.Say("Issued", e.Number, e.Amount),
        DueDateSet e => Texts.Say("DueDateSet", e.Due),
        DueDateCorrected e => Texts.Say("DueDateCorrected", e.Before, e.Due),
        TurnedOverdue => Texts.Say("TurnedOverdue"),
        MoneyReceived e => Texts.Say("MoneyReceived", e.Amount, e.ValueDate),
        PaidInFull => Texts.Say("PaidInFull"),
        PaymentExpected e => Texts.Say("PaymentExpected", e.Amount, e.ValueDate),
        PaymentTakenBack e => Texts.Say("PaymentTakenBack", e.Amount),
        ReminderSent e => Texts.Say("ReminderSent", Texts.Say($"ReminderSent.{e.Tone}", e.Level), e.Claimed),
        ReminderHeldBack e => Texts.Say("ReminderHeldBack", e.Credit),
        PaymentPromised { Amount: { } amount } e => Texts.Say("PaymentPromised.Part", amount, e.Date),
        PaymentPromised e => Texts.Say("PaymentPromised", e.Date),
        PromiseKept e => Texts.Say("PromiseKept", e.Amount, e.Date),
        PromiseBroken => Texts.Say("PromiseBroken"),
        DisputeRecorded e => Texts.Say("DisputeRecorded", e.Amount, e.Until),
        DisputeSettled { Amount: { } amount } => Texts.Say("DisputeSettled.Part", amount),
        DisputeSettled => Texts.Say("DisputeSettled"),
        DisputeLapsed e => Texts.Say("DisputeLapsed", e.Amount),
        WriteOffAsked e => Texts.Say("WriteOffAsked", e.Amount),
        WriteOffDenied e => Texts.Say($"WriteOffDenied.{e.Verdict}"),
        WrittenOff e => Texts.Say("WrittenOff", e.Amount),
        MoneyRecovered e => Texts.Say("MoneyRecovered", e.Amount, e.ValueDate),
        InvoiceOwnerReplaced e => Texts.Say("InvoiceOwnerReplaced", e.Owner),
        CancelledWithOrder { Received.Amount: > 0 } e => Texts.Say("CancelledWithOrder.Received", e.Received),
        CancelledWithOrder => Texts.Say("CancelledWithOrder"),
        RequestRefused e => Texts.Say($"RequestRefused.{e.Request}"),
        _ => throw new UnreachableException($"{happened.GetType().Name} has no words."),
    };

    /// <summary>The reason, when there is one to give; as it was typed where a person gave it.</summary>
    public static string? Why(InvoiceEvent happened) => happened switch
    {
        Issued { Due: { } due } e => Texts.Say("Issued.Due", due, DueReason(e.Basis, e.OffsetDays)),
        Issued e => Texts.Say("Issued.NotDue", DueReason(e.Basis, e.OffsetDays)),
        DueDateSet e => Texts.Say("DueDateSet.Why", DueReason(e.Basis, e.OffsetDays), e.BasisDate),
        DueDateCorrected e => Texts.Say("DueDateSet.Why", DueReason(e.Basis, e.OffsetDays), e.BasisDate),
        TurnedOverdue e => Texts.Say("TurnedOverdue.Why", e.Open, e.Due),
        MoneyReceived e => Join(WhyOf(e)),
        PaymentExpected e => Texts.Say("MoneyReceived.Reference", e.Reference),
        PaymentTakenBack e => Texts.Say("PaymentTakenBack.Why", e.Reason, e.StillOpen, e.Reference),
        ReminderSent e => Join(WhyOf(e)),
        PaymentPromised e => e.Comment,
        PromiseBroken e => Texts.Say("PromiseBroken.Why", e.Amount ?? e.Open, e.Date),
        DisputeRecorded e => e.Reason,
        DisputeSettled e => e.Comment,
        DisputeLapsed => Texts.Say("DisputeLapsed.Why"),
        WriteOffAsked e => e.Reason,
        WriteOffDenied e => e.Comment,
        WrittenOff e => e.Comment,
        MoneyRecovered { StillLost.Amount: > 0 } e => Texts.Say("MoneyRecovered.StillLost", e.StillLost, e.Reference),
        MoneyRecovered e => Texts.Say("MoneyRecovered.All", e.Reference),
        CancelledWithOrder e => e.Reason,
        RequestRefused e => InvoiceRefusalText.Of(e.Refusal),
        _ => null,
    };

    private static IEnumerable<string> WhyOf(MoneyReceived received)
    {
        if (received.Fee.Amount > 0)
        {
            yield return Texts.Say("MoneyReceived.Fee", received.Fee);
        }

        if (received.StillOpen.Amount > 0)
        {
            yield return Texts.Say("MoneyReceived.StillOpen", received.StillOpen);
        }

        if (received.ToBalance.Amount > 0)
        {
            yield return Texts.Say("MoneyReceived.ToBalance", received.ToBalance);
        }

        yield return Texts.Say(
            received.FromBalance ? "MoneyReceived.FromBalance" : "MoneyReceived.Reference", received.Reference);
    }

    private static IEnumerable<string> WhyOf(ReminderSent reminder)
    {
        yield return reminder.DaysOverdue > 0
            ? Texts.Say("ReminderSent.DaysOverdue", reminder.DaysOverdue)
            : Texts.Say("ReminderSent.Due", reminder.Due);
        if (reminder.OtherInvoices > 0)
        {
            yield return reminder.OtherInvoices == 1
                ? Texts.Say("ReminderSent.OtherInvoice")
                : Texts.Say("ReminderSent.OtherInvoices", reminder.OtherInvoices);
        }

        if (reminder.Interest is { } interest)
        {
            yield return Texts.Say("ReminderSent.Interest", interest);
        }

        if (reminder.CreditOnHold)
        {
            yield return Texts.Say("ReminderSent.CreditOnHold");
        }
    }

    private static string DueReason(DueBasis basis, int offsetDays) => offsetDays switch
    {
        0 => Texts.Say("DueReason.AtOnce", Texts.Say($"Basis.{basis}")),
        1 => Texts.Say("DueReason.Day", Texts.Say($"Basis.{basis}")),
        _ => Texts.Say("DueReason.Days", offsetDays, Texts.Say($"Basis.{basis}")),
    };

    private static string Join(IEnumerable<string> parts) => string.Join("; ", parts);
}
