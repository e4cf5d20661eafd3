namespace Workflows.Web.Inquiries.Webhooks;

/// <summary>
/// Copies of one delivery that come while it is under way wait for it and are answered as it is: they take no turn and
/// do nothing themselves. One whose sender has gone before its end is taken over by a copy.
/// </summary>
internal sealed class EventCopies
{
    private readonly Dictionary<Key, TaskCompletionSource<WebhookReceipt?>> _running = [];

    /// <param name="fingerprint">Of the body: another body is no copy.</param>
    /// <param name="take">Takes the delivery.</param>
    /// <returns>What it returned, here or for the delivery of which this is a copy, marked as repeated then.</returns>
    public async Task<WebhookReceipt> TakeOnceAsync(
        string source, string eventId, string fingerprint, Func<Task<WebhookReceipt>> take,
        CancellationToken cancellation)
    {
        var key = new Key(source, eventId, fingerprint);
        while (true)
        {
            if (!IsFirst(key, out var running))
            {
                if (await running.Task.WaitAsync(cancellation) is { } receipt)
                {
                    return receipt with { Duplicate = true };
                }

                continue;
            }

            try
            {
                var receipt = await take();
                End(key, running).SetResult(receipt);
                return receipt;
            }
            catch (Exception exception)
            {
                EndInVain(key, running, exception);
                throw;
            }
        }
    }

    private bool IsFirst(Key key, out TaskCompletionSource<WebhookReceipt?> running)
    {
        lock (_running)
        {
            if (_running.TryGetValue(key, out running!))
            {
                return false;
            }

            _running[key] = running = new(TaskCreationOptions.RunContinuationsAsynchronously);
            return true;
        }
    }

    private TaskCompletionSource<WebhookReceipt?> End(Key key, TaskCompletionSource<WebhookReceipt?> running)
    {
        lock (_running)
        {
            _running.Remove(key);
        }

        return running;
    }

    private void EndInVain(Key key, TaskCompletionSource<WebhookReceipt?> running, Exception exception)
    {
        End(key, running);
        if (exception is OperationCanceledException)
        {
            // Only this sender has gone.
            running.SetResult(null);
            return;
        }

        running.SetException(exception);

        // Without a copy nobody looks at it, and this sender is answered with it already.
        _ = running.Task.Exception;
    }

    private readonly record struct Key(string Source, string EventId, string Fingerprint);
}
