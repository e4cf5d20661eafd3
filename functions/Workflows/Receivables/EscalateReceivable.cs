using Workflows.Approvals;
using Workflows.Mails;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Steps;
using Workflows.Trade;

namespace Workflows.Receivables;

/// <summary>Something that people should know of an invoice.</summary>
/// <param name="Roles">Who is told besides the owner: one person each, or their deputy.</param>
/// <param name="Key">What makes it the same message when it is sent again.</param>
internal sealed record EscalationInput(
    Invoice Invoice, string Headline, string Explanation, IReadOnlyList<StaffRole> Roles, string Key);

/// <summary>Tells the owner, and others by their role. Keyed by invoice, occasion and person: each is told once.</summary>
internal sealed class EscalateReceivable(PolicyStore policies, IMailComposer composer, PublicAddress address)
    : Step<EscalateReceivable, EscalationInput, Nothing>
{
    public override async Task<Nothing> RunAsync(ActivityContext context, EscalationInput input)
    {
        await TellAsync(context, policies.Current, composer, address, input);
        return Nothing.Value;
    }

    public static async Task TellAsync(
        ActivityContext context, Policy policy, IMailComposer composer, PublicAddress address, EscalationInput input)
    {
        var (invoice, today) = (input.Invoice, policy.Company.DayOf(context.UtcNow));
        var readers = input.Roles
            .Select(role => ApproverRule.Choose(policy, role, invoice.Region, requester: null, today)?.Staff)
            .OfType<StaffId>()
            .Prepend(invoice.Owner)
            .Distinct();
        foreach (var reader in readers.Select(policy.FindStaff).OfType<StaffMember>())
        {
            var mail = new ReceivableEscalated(
                reader.Name,
                input.Headline,
                input.Explanation,
                invoice.BillTo.Payer,
                policy.NameOf(invoice.Owner),
                InvoiceText.Line(invoice, today, invoice.Interest),
                address.Link($"/deals/{invoice.Deal}"));
            var outgoing = await composer.ComposeAsync(
                $"{invoice.Id}|{input.Key}|{reader.Id}",
                invoice.Deal.Value,
                new MailParty(reader.Email, reader.Name),
                mail,
                replyTo: null);
            await context.Mail.EnqueueAsync(outgoing, context.Stopping);
        }
    }
}
