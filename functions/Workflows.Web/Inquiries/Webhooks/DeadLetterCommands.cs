using Workflows.Web.Hosting.Problems;
using Workflows.Web.Hosting.Requests;

namespace Workflows.Web.Inquiries.Webhooks;

/// <summary>
/// What an administrator does with a delivery that could not be processed: tries it again, or is done with it.
/// </summary>
internal sealed class DeadLetterCommands(
    WebhookSources sources, DeadLetters deadLetters, WebhookReceiver receiver, TimeProvider clock)
{
    /// <returns>Null when it still cannot be processed.</returns>
    /// <exception cref="ProblemException">404 when there is none that is open.</exception>
    public async Task<WebhookReceipt?> RetryAsync(string source, string eventId, CancellationToken cancellation)
    {
        var (known, letter) = await FindAsync(source, eventId, cancellation);
        return await receiver.RetryAsync(known, letter, clock.GetUtcNow(), cancellation);
    }

    /// <exception cref="ProblemException">404 when there is none that is open.</exception>
    public async Task DismissAsync(string source, string eventId, CancellationToken cancellation)
    {
        var (_, letter) = await FindAsync(source, eventId, cancellation);
        await deadLetters.SettleAsync(letter, clock.GetUtcNow(), cancellation);
    }

    private async Task<(WebhookSource Source, DeadLetter Letter)> FindAsync(
        string source, string eventId, CancellationToken cancellation) =>
        sources.Find(source) is { } known
            && await deadLetters.FindAsync(source, RouteIds.Event(eventId), cancellation) is { SettledAt: null } letter
            ? (known, letter)
            : throw new ProblemException(ProblemType.NotFound);
}
