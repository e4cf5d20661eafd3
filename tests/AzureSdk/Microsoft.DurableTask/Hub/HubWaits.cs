using System.Text.Json;
using Workflows.Platform;

namespace Microsoft.DurableTask.Hub;

/// <summary>
/// The waits for external events: a stack for each name. A wait that is given up stays on its stack, and takes the event
/// that reaches it to nowhere, unless that trap is off.
/// </summary>
internal sealed class HubWaits(OrchestrationContext engine, bool cancelledWaitsTakeEvents)
{
    private readonly Dictionary<string, Channel> _channels = new(StringComparer.OrdinalIgnoreCase);

    public Task<T> WaitAsync<T>(string name, CancellationToken cancellation)
    {
        if (!_channels.TryGetValue(name, out var channel))
        {
            _channels.Add(name, channel = new Channel());
        }

        var wait = new Wait<T>();
        if (channel.Left.TryDequeue(out var left))
        {
            wait.Give(left);
            return wait.Task;
        }

        channel.Waits.Push(wait);
        cancellation.Register(wait.Cancel);
        if (!channel.IsTaking)
        {
            _ = TakeAsync(name, channel);
        }

        return wait.Task;
    }

    /// <summary>One wait of the engine is open for a name as long as its stack holds any.</summary>
    private async Task TakeAsync(string name, Channel channel)
    {
        channel.IsTaking = true;
        while (channel.Waits.Count > 0)
        {
            var payload = await engine.WaitForEventAsync<JsonElement>(name);
            while (!cancelledWaitsTakeEvents && channel.Waits.TryPeek(out var top) && top.IsCancelled)
            {
                channel.Waits.Pop();
            }

            if (channel.Waits.TryPop(out var waiting))
            {
                waiting.Give(payload);
            }
            else
            {
                channel.Left.Enqueue(payload);
            }
        }

        channel.IsTaking = false;
    }

    private sealed class Channel
    {
        public Stack<IWait> Waits { get; } = new();

        public Queue<JsonElement> Left { get; } = new();

        public bool IsTaking { get; set; }
    }

    private interface IWait
    {
        bool IsCancelled { get; }

        void Give(JsonElement payload);
    }

    private sealed class Wait<T> : IWait
    {
        private readonly TaskCompletionSource<T> _done = new();

        public Task<T> Task => _done.Task;

        public bool IsCancelled => _done.Task.IsCanceled;

        public void Cancel() => _done.TrySetCanceled();

        public void Give(JsonElement payload) => _done.TrySetResult(HubJson.Read<T>(payload));
    }
}
