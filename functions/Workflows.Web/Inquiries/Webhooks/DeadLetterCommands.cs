using Workflows.Web.Hosting.Keys;
using Workflows.Web.Hosting.Problems;
using Workflows.Web.Hosting.Requests;
using Workflows.Web.Operations;

namespace Workflows.Web.Inquiries.Webhooks;

/// <summary>
/// What an administrator does with a delivery that could not be processed: tries it again, or is done with it.
/// </summary>
internal sealed class DeadLetterCommands(
    WebhookSources sources, DeadLetters deadLetters, WebhookReceiver receiver, AdminLog log, TimeProvider clock)
{
    /// <returns>Null when it still cannot be processed.</returns>
    /// <exception cref="ProblemException">404 when there is none that is open.</exception>
    public async Task<WebhookReceipt?> RetryAsync(
        Actor actor, string source, string eventId, CancellationToken cancellation)
    {
        var (known, letter) = await FindAsync(source, eventId, cancellation);
        WebhookReceipt? receipt = null;
        await log.RecordAsync(
            actor, "retry webhook", $"{source}/{eventId}", reason: null, RetryAsync, cancellation);
        return receipt;

        async Task<string> RetryAsync()
        {
            receipt = await receiver.RetryAsync(known, letter, clock.GetUtcNow(), cancellation);
            return receipt is null ? "Refused" : "Processed";
        }
    }

    /// <exception cref="ProblemException">404 when there is none that is open.</exception>
    public async Task DismissAsync(Actor actor, string source, string eventId, CancellationToken cancellation)
    {
        var (_, letter) = await FindAsync(source, eventId, cancellation);
        await log.RecordAsync(
            actor, "dismiss webhook", $"{source}/{eventId}", reason: null, DismissAsync, cancellation);

        async Task<string> DismissAsync()
        {
            await deadLetters.SettleAsync(letter, clock.GetUtcNow(), cancellation);
            return "Dismissed";
        }
    }

    private async Task<(WebhookSource Source, DeadLetter Letter)> FindAsync(
        string source, string eventId, CancellationToken cancellation) =>
        sources.Find(source) is { } known
            && await deadLetters.FindAsync(source, RouteIds.Event(eventId), cancellation) is { SettledAt: null } letter
            ? (known, letter)
            : throw new ProblemException(ProblemType.NotFound);
}
