using Workflows.Activities;
using Workflows.Approvals;
using Workflows.Mails;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Receivables.WriteOffs;

/// <summary>How a write-off was decided.</summary>
internal sealed record AnswerWriteOffInput(WriteOffInput Request, ApprovalOutcome Outcome);

/// <summary>
/// Notifies the owner and finance how a write-off was decided; those who asked and decided know already. Keyed by
/// approval and person: each is notified once.
/// </summary>
internal sealed class AnswerWriteOff(PolicyStore policies, IMailComposer composer, PublicAddress address)
    : BusinessActivity<AnswerWriteOff, AnswerWriteOffInput, Nothing>
{
    public override async Task<Nothing> RunAsync(ActivityContext context, AnswerWriteOffInput input)
    {
        var (policy, invoice) = (policies.Current, input.Request.Invoice);
        var today = policy.Company.DayOf(context.UtcNow);
        StaffId?[] readers =
            [
                invoice.Owner,
                ApproverRule.Choose(policy, StaffRole.Finance, invoice.Region, barred: [], today)?.Staff,
            ];
        foreach (var reader in readers.OfType<StaffId>().Distinct().Except([input.Request.By, input.Outcome.DecidedBy]))
        {
            if (policy.FindStaff(reader) is { } member)
            {
                await NotifyAsync(context, member, input, today);
            }
        }

        return Nothing.Value;
    }

    private async Task NotifyAsync(
        ActivityContext context, StaffMember reader, AnswerWriteOffInput input, DateOnly today)
    {
        var (policy, request, outcome) = (policies.Current, input.Request, input.Outcome);
        var mail = new WriteOffAnswered(
            reader.Name,
            policy.NameOf(request.By),
            outcome.Verdict == ApprovalVerdict.Approved,
            WriteOffText.Verdict(outcome.Verdict),
            outcome.DecidedBy == StaffId.System ? null : policy.NameOf(outcome.DecidedBy),
            outcome.Comment,
            request.Invoice.BillTo.Payer,
            request.Invoice.Open,
            InvoiceText.Line(request.Invoice, today),
            address.Link($"/deals/{request.Invoice.Deal}"));
        var outgoing = await composer.ComposeAsync(
            $"{request.Approval}|answered|{reader.Id}",
            request.Invoice.Deal.Value,
            reader.Recipient(),
            mail,
            replyTo: null);
        await context.Mail.EnqueueAsync(outgoing, context.Stopping);
    }
}

/// <summary>Verdicts in words.</summary>
internal static class WriteOffText
{
    public static string Verdict(ApprovalVerdict verdict) => verdict switch
    {
        ApprovalVerdict.Approved => "approved",
        ApprovalVerdict.Rejected => "rejected",
        ApprovalVerdict.Expired => "not decided in time",
        _ => "no longer needed",
    };
}
