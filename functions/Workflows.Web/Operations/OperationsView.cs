using Workflows.Platform;

namespace Workflows.Web.Operations;

/// <summary>The state of the home.</summary>
/// <param name="Counts">Instances by status, as far as they were counted; the flag says that there are more.</param>
/// <param name="Status">Which instances the list shows.</param>
/// <param name="Mails">Mails that have not gone out, by state; at most a page of each is counted.</param>
/// <param name="Poison">The latest of the messages that a queue gave up on.</param>
/// <param name="Prefix">Only ids that start so; empty is all.</param>
/// <param name="Log">What administrators did last, newest first.</param>
public sealed record OperationsView(
    IReadOnlyList<(OrchestrationStatus Status, int Count, bool HasMore)> Counts,
    IReadOnlyList<(MailStatus Status, int Count, bool HasMore)> Mails,
    PoisonList Poison,
    OrchestrationStatus Status,
    string Prefix,
    Page<OrchestrationState> Instances,
    IReadOnlyList<AdminEntry> Log);
