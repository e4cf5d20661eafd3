using Workflows.Approvals;
using Workflows.Mails;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Receivables.History;
using Workflows.Trade;

namespace Workflows.Receivables;

/// <summary>Something that people should know of an invoice.</summary>
/// <param name="Roles">Who is notified besides the owner: one person each, or their deputy.</param>
/// <param name="Key">What makes it the same message when it is sent again.</param>
internal sealed record EscalationInput(
    Invoice Invoice, string Headline, string Explanation, IReadOnlyList<StaffRole> Roles, string Key)
{
    /// <summary>What a collection escalates, in words.</summary>
    public static EscalationInput Of(Escalation escalation) => escalation.What switch
    {
        PromiseBroken broken => new EscalationInput(
            escalation.Invoice,
            "Promise of payment not kept",
            $"The buyer promised {broken.Amount ?? broken.Open} for {broken.Date:O} and it has not come in. The "
                + $"reminders go on from where they stood{After(escalation.Invoice)}; please call the buyer.",
            [StaffRole.Manager],
            $"promise|{broken.Date:O}"),
        DisputeLapsed lapsed => new EscalationInput(
            escalation.Invoice,
            "The pause for a dispute has ended",
            $"{lapsed.Amount} was in dispute until {lapsed.Until:O}{Why(escalation.Invoice, lapsed)} and nobody "
                + $"recorded a result. It is chased again with the rest{After(escalation.Invoice)}; if the dispute "
                + "goes on, record it with a new end.",
            [],
            lapsed.Number is { } number ? $"dispute|{lapsed.Until:O}|{number}" : $"dispute|{lapsed.Until:O}"),
        var other => throw new ArgumentOutOfRangeException(nameof(escalation), other, "Nobody is notified of it."),
    };

    private static string Why(Invoice invoice, DisputeLapsed lapsed) =>
        InvoiceDisputes.Of(invoice).FirstOrDefault(dispute => dispute.Number == lapsed.Number) is { } dispute
            ? $" ({dispute.Reason})"
            : "";

    private static string After(Invoice invoice) =>
        invoice.PauseEndedAt is null ? "" : ", after three of the buyer's working days";
}

/// <summary>
/// Notifies the owner, and others by their role. Keyed by invoice, occasion and person: each is notified once.
/// </summary>
internal static class EscalateReceivable
{
    public static async Task NotifyAsync(
        ActivityContext context, Policy policy, IMailComposer composer, PublicAddress address, EscalationInput input)
    {
        var today = policy.Company.DayOf(context.UtcNow);
        foreach (var reader in ReadersOf(input, policy, today))
        {
            var mail = await ComposeAsync(input, reader, policy, today, composer, address);
            await context.Mail.EnqueueAsync(mail, context.Stopping);
        }
    }

    /// <summary>Who is notified: the owner, and one person of each role or their deputy.</summary>
    /// <param name="today">In the company's zone.</param>
    public static IEnumerable<StaffMember> ReadersOf(EscalationInput input, Policy policy, DateOnly today) =>
        input.Roles
        .Select(role => ApproverRule.Choose(policy, role, input.Invoice.Region, barred: [], today)?.Staff)
        .OfType<StaffId>()
        .Prepend(input.Invoice.Owner)
        .Distinct()
        .Select(policy.FindStaff)
        .OfType<StaffMember>();

    /// <summary>The id of the mail to a reader.</summary>
    public static string MailId(EscalationInput input, StaffMember reader) =>
        $"{input.Invoice.Id}|{input.Key}|{reader.Id}";

    /// <summary>The mail to a reader.</summary>
    public static Task<OutgoingMail> ComposeAsync(
        EscalationInput input, StaffMember reader, Policy policy, DateOnly today, IMailComposer composer,
        PublicAddress address)
    {
        var invoice = input.Invoice;
        var mail = new ReceivableEscalated(
            reader.Name,
            input.Headline,
            input.Explanation,
            invoice.BillTo.Payer,
            policy.NameOf(invoice.Owner),
            InvoiceText.Line(invoice, today, invoice.Interest),
            address.Link($"/deals/{invoice.Deal}"));
        return composer.ComposeAsync(
            MailId(input, reader), invoice.Deal.Value, reader.Recipient(), mail, replyTo: null);
    }
}
