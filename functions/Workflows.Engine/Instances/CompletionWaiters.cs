namespace Workflows.Engine.Instances;

/// <summary>Callers that wait for the end of an instance.</summary>
internal sealed class CompletionWaiters
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<TaskCompletionSource>> _waiting = new(StringComparer.Ordinal);

    /// <summary>Completes at the next <see cref="Ended"/>; disposing it ends the wait.</summary>
    public Wait Add(string id)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (!_waiting.TryGetValue(id, out var list))
            {
                _waiting.Add(id, list = []);
            }

            list.Add(done);
        }

        return new Wait(this, id, done);
    }

    public void Ended(string id)
    {
        List<TaskCompletionSource>? list;
        lock (_gate)
        {
            if (!_waiting.Remove(id, out list))
            {
                return;
            }
        }

        foreach (var done in list)
        {
            done.TrySetResult();
        }
    }

    private void Remove(string id, TaskCompletionSource done)
    {
        lock (_gate)
        {
            if (_waiting.TryGetValue(id, out var list) && list.Remove(done) && list.Count == 0)
            {
                _waiting.Remove(id);
            }
        }
    }

    internal sealed class Wait(CompletionWaiters owner, string id, TaskCompletionSource done) : IDisposable
    {
        public Task Task => done.Task;

        public void Dispose() => owner.Remove(id, done);
    }
}
