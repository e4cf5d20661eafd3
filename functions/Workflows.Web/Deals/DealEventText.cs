using System.Globalization;
using Workflows.Calendars;
using Workflows.Lifecycle.Timeline;
using Workflows.Web.Rendering;

namespace Workflows.Web.Deals;

/// <summary>What happened to a deal, in words. Times are in the company's zone.</summary>
internal static class DealEventText
{
    private static readonly TextResources Texts = new(typeof(DealEventText));

    /// <summary>What happened, in one line.</summary>
    public static string What(DealEvent happened, TimeZoneInfo zone) => happened switch
    {
        InquiryTakenIn taken => Say(taken, taken.Platform),
        InquiryQualified qualified =>
            Say(qualified, Texts.Say($"Temperature.{qualified.Temperature}"), qualified.Score),
        OwnerAssigned assigned => Say(assigned, assigned.Owner),
        OwnerReplaced replaced =>
            Say(replaced, replaced.From?.Value ?? Texts.Say("OwnerReplaced.Nobody"), replaced.To),
        ReplySent reply => Say(reply, reply.Channel),
        SignalRefused refused => Say(refused, SignalOf(refused)),
        ResponseEscalated escalated => Say(escalated, LocalTime.Text(escalated.DueAt, zone)),
        OwnerRelieved relieved => Say(relieved, relieved.Owner),
        OwnerKept kept => Say(kept, kept.Owner),
        QuotationPriced priced => Say(priced, priced.Number, priced.Total, DealText.Percent(priced.DiscountPercent)),
        ApprovalSuperseded superseded => Say(superseded, superseded.Approval),
        QuotationRefused refused => Say(refused, refused.Number),
        QuotationSent sent => Say(sent, sent.Number),
        QuotationLapsed lapsed => Say(lapsed, lapsed.Number),
        QuotationAccepted accepted => Say(accepted, accepted.Number),
        CounterOffered { Price: { } price } => Texts.Say("CounterOffered.Price", price),
        RoundsEscalated escalated => Say(escalated, escalated.Rounds),
        OrderPlaced placed => Say(placed, placed.Number, placed.Total),
        PaymentMissing missing => Say(missing, missing.Invoice),
        InvoicesIssued { Invoices.Count: 1 } issued => Texts.Say("InvoicesIssued.One", issued.PaymentTerms),
        InvoicesIssued issued => Say(issued, issued.Invoices.Count, issued.PaymentTerms),
        ProductionReleased { DepositPaid: true } => Texts.Say("ProductionReleased.Deposit"),
        RestWrittenOff rest => Texts.Say($"RestWrittenOff.{rest.Opens}", rest.Amount, rest.Invoice),
        MilestoneRecorded recorded => Texts.Say($"MilestoneRecorded.{recorded.Milestone}", Day(recorded.Date)),
        BooksClosed { Invoices: 1 } closed => Texts.Say("BooksClosed.One", closed.Received),
        BooksClosed closed => Say(closed, closed.Received, closed.Invoices),
        _ => Say(happened),
    };

    /// <summary>Why, or with which words; null when there is nothing to add.</summary>
    public static string? Why(DealEvent happened, TimeZoneInfo zone) => happened switch
    {
        InquiryRejected rejected => rejected.Reason,
        DealReinstated reinstated => reinstated.Reason,
        InquiryQualified qualified => string.Join("; ", qualified.Reasons),
        CustomerQuestioned { Question: var asked } =>
            Because(happened, asked.Company, asked.Customer, asked.OtherCompany, asked.Other),
        AcknowledgementWithheld withheld => Texts.Say($"AcknowledgementWithheld.{withheld.Limit}"),
        OwnerAssigned assigned => assigned.Reason,
        OwnerReplaced replaced => replaced.Reason,
        MessageReceived message => message.Words ?? message.Excerpt,
        SignalRefused refused => DealText.Refusal(refused.Refusal),
        DealLost lost => lost.Reason,
        PaymentMissing missing => missing.Reason,
        DealWentSilent silent => Because(silent, silent.Days),
        OwnerRelieved relieved => Because(relieved),
        OwnerKept kept => kept.Reason,
        QuotationPriced priced => string.Join(" ", priced.Reasons),
        DeliveryQuestioned questioned => string.Join(" ", questioned.Warnings),
        DiscountApprovalRequested requested =>
            Because(requested, DealText.Percent(requested.DiscountPercent), requested.Quotation),
        DiscountApproved approved => approved.Comment,
        ApprovalNotNeeded notNeeded => Because(notNeeded),
        QuotationRefused refused => refused.Reason ?? Texts.Say("NoReason"),
        QuotationSent sent => Because(sent, sent.ValidOn is { } day ? Day(day) : Day(sent.ValidUntil, zone)),
        QuotationAccepted accepted => accepted.Comment,
        QuotationDeclined declined => declined.Comment ?? Texts.Say("NoReason"),
        CounterOffered counter => counter.Comment,
        OfferedTermsMissing missing => Because(missing, missing.PaymentTerms),
        NegotiationReopened reopened => reopened.Reason ?? Because(reopened),
        CreditPassed passed => string.Join("; ", passed.Reasons),
        CreditApprovalRequested requested => string.Join("; ", requested.Reasons),
        CreditApproved approved => approved.Comment,
        OrderPlaced placed => placed.PaymentTerms,
        InvoicesIssued issued =>
            string.Join("; ", issued.Invoices.Select(invoice => $"{invoice.Name} {invoice.Amount}")),
        ShipmentHeld held => held.Comment,
        MilestoneRecorded recorded => recorded.Reference,
        DealCancelled cancelled => cancelled.Reason,
        DealWrittenOff writtenOff => Because(writtenOff, writtenOff.WrittenOff),
        _ => null,
    };

    private static string Say(DealEvent happened, params ReadOnlySpan<object?> values) =>
        Texts.Say(happened.GetType().Name, values);

    private static string Because(DealEvent happened, params ReadOnlySpan<object?> values) =>
        Texts.Say($"{happened.GetType().Name}.Why", values);

    private static string SignalOf(SignalRefused refused) => refused switch
    {
        { Milestone: { } milestone } => Texts.Say($"SignalRefused.{refused.Signal}", DealText.Milestone(milestone)),
        { To: { } successor } => Texts.Say($"SignalRefused.{refused.Signal}", successor),
        _ => Texts.Say($"SignalRefused.{refused.Signal}"),
    };

    private static string Day(DateTimeOffset moment, TimeZoneInfo zone) =>
        Day(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, zone).DateTime));

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
