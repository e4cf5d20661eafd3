using System.Text.Json;
using Workflows.Approvals;
using Workflows.Lifecycle;
using Workflows.Receivables;
using Workflows.Reviews;

namespace Workflows.Web.Operations;

/// <summary>
/// Which events an administrator may raise by hand. What people report to a deal or an invoice has routes of its own,
/// which check it and name who acted, and which an administrator may use: raised past them, an event could end a deal
/// for good, or act in another's name.
/// </summary>
internal static class HandRaisedEvents
{
    /// <summary>Why an event is refused, in words for an administrator; null when it may be raised.</summary>
    public static string? RefusalOf(string orchestration, string name, JsonElement payload)
    {
        if (Is(DealSignal.Event.Name))
        {
            return "A deal takes what its own routes send: /api/deals/{id}/reply, quotations, answer, milestones, "
                + "handover, giveup, spam, reinstate. An admin may use them.";
        }

        if (Is(CollectionSignal.Event.Name))
        {
            return "A collection takes what its own routes send: /api/invoices/{id}/disputes, promises, writeoff, "
                + "credit, and /api/payments. An admin may use them.";
        }

        if (Is(ApprovalSignals.Superseded.Name) && orchestration == Approval.Name)
        {
            return IsEmpty(payload) ? null : "The payload must be an empty object.";
        }

        if (Is(ReviewSchedule.PolicyChanged.Name) && orchestration == ReviewSchedule.Name)
        {
            return payload.ValueKind == JsonValueKind.String
                ? null
                : "The payload must be the policy's version, a text.";
        }

        return $"{orchestration} takes no event of that name by hand.";

        bool Is(string known) => string.Equals(name, known, StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsEmpty(JsonElement payload) =>
        payload.ValueKind == JsonValueKind.Object && payload.GetPropertyCount() == 0;
}
