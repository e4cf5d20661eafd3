using Workflows.Approvals;
using Workflows.Mails;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Receivables.WriteOffs;

/// <summary>How a write-off was decided.</summary>
internal sealed record AnswerWriteOffInput(WriteOffInput Request, ApprovalOutcome Outcome);

/// <summary>Tells who asked for a write-off how it was decided. Keyed by approval: told once.</summary>
internal sealed class AnswerWriteOff(PolicyStore policies, IMailComposer composer, PublicAddress address)
    : Activity<AnswerWriteOff, AnswerWriteOffInput, Nothing>
{
    public override async Task<Nothing> RunAsync(ActivityContext context, AnswerWriteOffInput input)
    {
        var (policy, request, outcome) = (policies.Current, input.Request, input.Outcome);
        if (policy.FindStaff(request.By) is not { } reader)
        {
            return Nothing.Value;
        }

        var mail = new WriteOffAnswered(
            reader.Name,
            outcome.Verdict == ApprovalVerdict.Approved,
            WriteOffText.Verdict(outcome.Verdict),
            outcome.DecidedBy == StaffId.System ? null : policy.NameOf(outcome.DecidedBy),
            outcome.Comment,
            request.Invoice.BillTo.Payer,
            request.Invoice.Open,
            InvoiceText.Line(request.Invoice, policy.Company.DayOf(context.UtcNow)),
            address.Link($"/deals/{request.Invoice.Deal}"));
        var outgoing = await composer.ComposeAsync(
            $"{request.Approval}|answered",
            request.Invoice.Deal.Value,
            new MailParty(reader.Email, reader.Name),
            mail,
            replyTo: null);
        await context.Mail.EnqueueAsync(outgoing, context.Stopping);
        return Nothing.Value;
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
