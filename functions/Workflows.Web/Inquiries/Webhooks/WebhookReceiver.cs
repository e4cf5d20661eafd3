using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Workflows.Lifecycle;
using Workflows.Platform;
using Workflows.Web.Hosting.Problems;

namespace Workflows.Web.Inquiries.Webhooks;

/// <summary>What became of an authentic delivery.</summary>
/// <param name="DealId">The deal it started or fed; null when it is none's.</param>
/// <param name="Duplicate">Whether it, or its inquiry, had come in before.</param>
internal sealed record WebhookReceipt(string? DealId, bool Duplicate);

/// <summary>
/// Takes an authentic delivery: read it, keep it, act. Keeping and acting are durable before the answer and share one
/// group commit where one process serves; either of them alone is completed by the sender's retry. Copies of a delivery
/// under way are answered as it is, and bodies that share an event's id take turns until one is kept.
/// </summary>
internal sealed class WebhookReceiver(
    WebhookInbox inbox, DeadLetters deadLetters, EventCopies copies, EventTurns turns, WebhookGate gate,
    IInquiryIntake intake, WebhookCounters counters, ILogger<WebhookReceiver> logger)
{
    public async Task<WebhookReceipt> ReceiveAsync(WebhookDelivery delivery, CancellationToken cancellation)
    {
        var source = delivery.Source.Name;
        gate.Count(source);
        var message = delivery.Source.Adapter.Read(delivery);
        var receipt = await copies.TakeOnceAsync(
            source, message.EventId, Sha256Hex.Lower(delivery.Body.Span),
            async () =>
            {
                using var turn = await gate.EnterAsync(source, cancellation);
                return await TakeAsync(delivery, message, cancellation);
            },
            cancellation);
        counters.Count(source, receipt.Duplicate ? "duplicate" : "accepted");
        return receipt;
    }

    /// <summary>Reads a dead letter again with the present code and settings.</summary>
    /// <returns>Null when it still makes no sense or still cannot be acted on.</returns>
    public async Task<WebhookReceipt?> RetryAsync(
        WebhookSource source, DeadLetter letter, DateTimeOffset now, CancellationToken cancellation)
    {
        var delivery = new WebhookDelivery(
            source, new HeaderDictionary(), letter.Body, letter.ReceivedAt)
        { EventId = letter.EventId };
        var message = source.Adapter.Read(delivery);
        if (message is WebhookMessage.Unreadable)
        {
            return null;
        }

        var (receipt, isBuried) = await ActAsync(delivery, message, isNew: true, cancellation);
        if (isBuried)
        {
            return null;
        }

        await deadLetters.SettleAsync(letter, now, cancellation);
        return receipt;
    }

    private async Task<WebhookReceipt> TakeAsync(
        WebhookDelivery delivery, WebhookMessage message, CancellationToken cancellation)
    {
        using (await turns.TakeAsync(delivery.Source.Name, message.EventId))
        {
            var repeated = await inbox.IsRepeatedAsync(delivery, message.EventId, cancellation);
            if (repeated is false)
            {
                throw IdReused(delivery, message);
            }

            if (message is WebhookMessage.Unreadable unreadable)
            {
                await BuryAsync(delivery, unreadable, unreadable.Reason, unreadable.Errors, cancellation);
                throw new ProblemException(ProblemType.PayloadInvalid, unreadable.Reason, unreadable.Errors);
            }

            if (repeated is null)
            {
                return (await ActAsync(delivery, message, isNew: true, cancellation)).Receipt;
            }
        }

        return (await ActAsync(delivery, message, isNew: false, cancellation)).Receipt;
    }

    private async Task<(WebhookReceipt Receipt, bool IsBuried)> ActAsync(
        WebhookDelivery delivery, WebhookMessage message, bool isNew, CancellationToken cancellation)
    {
        if (message is not WebhookMessage.NewInquiry inquiry)
        {
            var isFirst = isNew
                && await inbox.TryKeepAsync(delivery, message, WebhookInbox.Ignored, deal: null, cancellation);
            return (new WebhookReceipt(DealId: null, Duplicate: !isFirst), IsBuried: false);
        }

        var deal = DealNumbering.For(inquiry.Inquiry.Platform, inquiry.Inquiry.PlatformInquiryId);
        var keeping = isNew
            ? inbox.TryKeepAsync(delivery, message, WebhookInbox.Accepted, deal.Value, cancellation)
            : Task.FromResult(false);
        if (isNew && intake.HasRivals && !await keeping
            && await inbox.IsRepeatedAsync(delivery, message.EventId, cancellation) is false)
        {
            throw IdReused(delivery, message);
        }

        var starting = StartAsync(delivery, inquiry, cancellation);
        await Task.WhenAll(keeping, starting);
        var wasKnown = await starting;
        return (
            new WebhookReceipt(deal.Value, Duplicate: !await keeping || wasKnown is true), IsBuried: wasKnown is null);
    }

    /// <returns>Whether the inquiry was known; null when it went to the dead letters.</returns>
    private async Task<bool?> StartAsync(
        WebhookDelivery delivery, WebhookMessage.NewInquiry message, CancellationToken cancellation)
    {
        try
        {
            return await intake.TakeAsync(message.Inquiry, message.MessageId, cancellation);
        }
        catch (Exception exception) when (exception is not (HomeUnavailableException or OperationCanceledException))
        {
            // Authentic and readable, yet it cannot be acted on: a repetition would not help, so it is ours to keep.
            await BuryAsync(delivery, message, exception.GetType().Name, [], cancellation);
            return null;
        }
    }

    /// <exception cref="ProblemException">409: another body is kept under that id.</exception>
    private async Task BuryAsync(
        WebhookDelivery delivery, WebhookMessage message, string reason, IReadOnlyList<ProblemError> errors,
        CancellationToken cancellation)
    {
        if (!await deadLetters.TryKeepAsync(delivery, message, reason, errors, cancellation))
        {
            throw IdReused(delivery, message);
        }

        counters.Count(delivery.Source.Name, "dead-letter");
        Log.WebhookDeadLettered(logger, delivery.Source.Name, message.EventId, reason);
    }

    private ProblemException IdReused(WebhookDelivery delivery, WebhookMessage message)
    {
        counters.Count(delivery.Source.Name, "id-reused");
        Log.WebhookIdReused(logger, delivery.Source.Name, message.EventId);
        return new ProblemException(ProblemType.WebhookIdReused);
    }
}
