using Workflows.Activities;
using Workflows.Approvals;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Receivables.WriteOffs;

/// <summary>Says who may decide a write-off and what they must see. Writes nothing.</summary>
internal sealed class PlanWriteOff(
    PolicyStore policies) : BusinessActivity<PlanWriteOff, WriteOffInput, ApprovalRequest>
{
    public override Task<ApprovalRequest> RunAsync(ActivityContext context, WriteOffInput input)
    {
        var (policy, invoice) = (policies.Current, input.Invoice);
        var today = policy.Company.DayOf(context.UtcNow);
        var request = new ApprovalRequest(
            input.Approval,
            invoice.Deal,
            ApprovalKind.WriteOff,
            $"Give up {invoice.Open} of invoice {invoice.Number}",
            [
                new("Buyer", $"{invoice.BillTo.Payer} ({invoice.BillTo.Country ?? "country unknown"})"),
                new("Invoice", $"{invoice.Number}, {invoice.Name}, order {invoice.Order}"),
                new("Billed", invoice.Amount.ToString()),
                new("Paid", invoice.Paid.ToString()),
                new("To be given up", invoice.Open.ToString()),
                new("Due", DueText(invoice, today)),
                new("Reminders", invoice.DunningLevel is { } level ? $"sent up to level {level}" : "none sent"),
                new("Reason", input.Reason),
                new("Asked for by", policy.NameOf(input.By)),
            ],
            input.By,
            LevelsFor(invoice.Open, policy),
            invoice.Region,
            policy.Version);
        return Task.FromResult(request);
    }

    /// <summary>
    /// Those whose limit reaches that far. Without a rate nobody's limit can be compared, so only the unlimited decide.
    /// </summary>
    public static IReadOnlyList<ApprovalLevel> LevelsFor(Money amount, Policy policy)
    {
        var value = policy.Company.ToBase(amount);
        return [.. policy.Approvals.WriteOff.Where(level => level.UpTo is null || value <= level.UpTo)];
    }

    private static string DueText(Invoice invoice, DateOnly today)
    {
        if (invoice.Due is not { } due)
        {
            return $"not known yet: {InvoiceText.DueReason(invoice.Basis, invoice.OffsetDays)}";
        }

        var days = today.DayNumber - due.DayNumber;
        return days > 0 ? $"{due:O}, {days} days overdue" : $"{due:O}, not overdue";
    }
}
