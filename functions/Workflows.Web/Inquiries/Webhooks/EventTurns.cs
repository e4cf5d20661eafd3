namespace Workflows.Web.Inquiries.Webhooks;

/// <summary>
/// Deliveries of one event take turns in this process, so that the second finds what the first kept. Between processes
/// only the inbox decides, which both may have asked before either kept anything.
/// </summary>
internal sealed class EventTurns
{
    private readonly Dictionary<(string Source, string EventId), Task> _last = [];

    /// <summary>Waits until every earlier delivery of the event is through. Disposing ends the turn.</summary>
    public async Task<IDisposable> TakeAsync(string source, string eventId)
    {
        var turn = new Turn(this, (source, eventId));
        Task? before;
        lock (_last)
        {
            _last.TryGetValue(turn.Key, out before);
            _last[turn.Key] = turn.Over;
        }

        await (before ?? Task.CompletedTask);
        return turn;
    }

    private sealed class Turn(EventTurns turns, (string Source, string EventId) key) : IDisposable
    {
        private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public (string Source, string EventId) Key => key;

        public Task Over => _over.Task;

        public void Dispose()
        {
            lock (turns._last)
            {
                if (turns._last.GetValueOrDefault(key) == Over)
                {
                    turns._last.Remove(key);
                }
            }

            _over.TrySetResult();
        }
    }
}
