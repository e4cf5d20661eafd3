using Workflows.Receivables;
using Workflows.Web.Layout;
using Workflows.Web.Rendering;

namespace Workflows.Web.Receivables;

/// <summary>Why an invoice does not take a signal, in words.</summary>
internal static class InvoiceRefusalText
{
    private static readonly TextResources Texts = new(typeof(InvoiceRefusalText));

    public static string Of(InvoiceRefusal refusal) => refusal switch
    {
        InvoiceRefusal.Settled settled => Say(settled, EnumText.Lower(settled.Status)),
        InvoiceRefusal.ReasonMissing missing => Texts.Say($"ReasonMissing.{missing.Request}"),
        InvoiceRefusal.WriteOffPending pending => Say(pending, pending.Approval),
        InvoiceRefusal.OtherCurrency other => Say(other, other.Currency),
        InvoiceRefusal.MoreThanOpen more => Say(more, more.Open),
        InvoiceRefusal.MoreThanUndisputed more => Say(more, more.Undisputed),
        InvoiceRefusal.WhichDispute which => Say(which, which.Open),
        InvoiceRefusal.OpenChanged changed => Say(changed, changed.Open),
        InvoiceRefusal.PauseTooLong pause => Say(pause, pause.Days),
        InvoiceRefusal.PromisedBefore before => Say(before, before.Date),
        InvoiceRefusal.PromiseTooLate late => Say(late, late.Days),
        _ => Say(refusal),
    };

    private static string Say(InvoiceRefusal refusal, params ReadOnlySpan<object?> values) =>
        Texts.Say(refusal.GetType().Name, values);
}
