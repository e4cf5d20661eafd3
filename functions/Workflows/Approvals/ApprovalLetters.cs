using Workflows.Calendars;
using Workflows.Mails;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Approvals;

/// <summary>
/// Writes the mails of an approval. They are stored with the hash of the link's token: the token goes into a mail when
/// it is sent, see <see cref="ApprovalLinkSecrets"/>.
/// </summary>
internal sealed class ApprovalLetters(
    PolicyStore policies, LinkKeyRing keys, IMailComposer composer, PublicAddress address)
{
    /// <summary>
    /// Sends an approver the link of an ask, keeping its hash. A person whom the policy no longer names gets
    /// no mail: the next level will be asked.
    /// </summary>
    /// <param name="next">Who is asked when the approver stays silent; null when the request expires then.</param>
    /// <param name="reminder">The same link again.</param>
    public async Task SendLinkAsync(
        ActivityContext context, ApprovalRequest request, ApprovalAsk ask, ApprovalLevel? next, bool reminder)
    {
        var policy = policies.Current;
        if (policy.FindStaff(ask.Approver) is not { } approver)
        {
            return;
        }

        // A reminder after the old key was taken out needs a link that is still honoured.
        var key = keys.Find(ask.KeyId) ?? keys.Current;
        var hash = LinkToken.HashOf(LinkToken.Make(key, request.Id, ask.Number, ask.Approver))!;
        var link = new ApprovalLink(request.Id, ask.Number, ask.Approver, ask.DelegateFor, ask.LinkExpiresAt, key.Id);
        await ApprovalRepository.KeepLinkAsync(context.Tables, hash, link, context.Stopping);

        var letter = Letter(request, ask, next, address.Link("/api/approvals/" + hash));
        IMail mail = reminder ? new ApprovalReminder(letter)
            : ask.Before is { } before ? new ApprovalEscalated(letter, policy.NameOf(before))
            : new ApprovalRequested(letter);
        var requester = policy.FindStaff(request.Requester);
        var outgoing = await composer.ComposeAsync(
            $"{request.Id}:ask{ask.Number}" + (reminder ? ":reminder" : ""),
            request.Deal.Value,
            approver.Recipient(),
            mail,
            requester?.Party());
        await context.Mail.EnqueueAsync(outgoing with { Placeholder = hash }, context.Stopping);
    }

    /// <summary>Notifies the requester of the outcome.</summary>
    public async Task SendOutcomeAsync(ActivityContext context, ApprovalRequest request, ApprovalOutcome outcome)
    {
        var policy = policies.Current;
        if (policy.FindStaff(request.Requester) is not { } requester)
        {
            return;
        }

        var mail = new ApprovalDecided(
            request.Id,
            request.Deal,
            request.Kind,
            request.Subject,
            requester.Name,
            outcome.Verdict,
            outcome.DecidedBy == StaffId.System ? null : policy.NameOf(outcome.DecidedBy),
            outcome.DelegateFor is { } absent ? policy.NameOf(absent) : null,
            outcome.Comment,
            outcome.DecidedAt,
            LocalTime.Text(outcome.DecidedAt, policy.Company.Zone()),
            address.Link($"/deals/{request.Deal}"));
        var outgoing = await composer.ComposeAsync(
            $"{request.Id}:outcome", request.Deal.Value, requester.Recipient(), mail,
            replyTo: null);
        await context.Mail.EnqueueAsync(outgoing, context.Stopping);
    }

    private ApprovalLetter Letter(ApprovalRequest request, ApprovalAsk ask, ApprovalLevel? next, string link)
    {
        var policy = policies.Current;
        var zone = policy.Company.Zone();
        var then = next is { Role: var role }
            ? $"Then the {role.ToString().ToLowerInvariant()} is asked instead."
            : "Then the request expires; it is never approved by itself.";
        return new ApprovalLetter(
            request.Id,
            request.Deal,
            request.Kind,
            request.Subject,
            request.Facts,
            policy.NameOf(ask.Approver),
            ask.DelegateFor is { } absent ? policy.NameOf(absent) : null,
            policy.NameOf(request.Requester),
            link,
            ask.EscalateAt,
            LocalTime.Text(ask.EscalateAt, zone),
            then,
            LocalTime.Text(ask.LinkExpiresAt, zone));
    }
}
