using Azure.Storage.Queues;
using Workflows.Conformance;

namespace Workflows.Azure.Tests.DurableHost;

/// <summary>
/// A task hub: what outlives the processes of the host that work for it. Its state is in the storage account; what
/// waits for a time waits for the virtual clock.
/// </summary>
internal sealed class DurableHub
{
    private readonly IReadOnlyList<QueueClient> _controls;
    private readonly QueueClient _activities;

    public DurableHub(string account, VirtualClock clock, HubSettings? settings = null)
    {
        Account = account;
        Settings = settings ?? HubSettings.Quick;
        // As the storage engine names them.
        var queues = new QueueServiceClient(account);
        _controls = [
            .. Enumerable.Range(0, Settings.Partitions).Select(
                n => queues.GetQueueClient($"workflows-control-{n:00}"))];
        _activities = queues.GetQueueClient("workflows-workitems");
        Time = new VirtualTime(clock);
        Timers = new VirtualTimers(Time);
    }

    /// <summary>The connection string of its storage account.</summary>
    public string Account { get; }

    /// <summary>As host.json's.</summary>
    public string Name { get; } = "Workflows";

    public HubSettings Settings { get; }

    public VirtualTime Time { get; }

    public VirtualTimers Timers { get; }

    public HostFaults Faults { get; } = new();

    public DurableMeter Meter { get; } = new();

    /// <summary>
    /// Whether nothing is under way but so many activities: every message stays in its queue until what it asks for is
    /// done.
    /// </summary>
    public async Task<bool> IsAtRestAsync(int held = 0) =>
        Timers.AreDelivered
            && await CountAsync(_controls) <= Timers.Parked && await CountAsync(_activities) <= held
            && Timers.AreDelivered;

    /// <summary>
    /// Whether only what Durable has put back is left: it hands out a message of a generation that is over again and
    /// again, with growing pauses.
    /// </summary>
    public async Task<bool> HoldsLeftoversOnlyAsync(TimeSpan longEnough)
    {
        var left = await CountAsync(_controls);
        if (!Timers.AreDelivered || await CountAsync(_activities) > 0)
        {
            return false;
        }

        await Task.Delay(longEnough, TimeProvider.System);
        return Timers.AreDelivered && await CountAsync(_controls) == left && await CountAsync(_activities) == 0;
    }

    private static async Task<int> CountAsync(IEnumerable<QueueClient> queues) =>
        (await Task.WhenAll(queues.Select(CountAsync))).Sum();

    private static async Task<int> CountAsync(QueueClient queue) =>
        (await queue.GetPropertiesAsync()).Value.ApproximateMessagesCount;
}
