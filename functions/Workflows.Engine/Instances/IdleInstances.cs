namespace Workflows.Engine.Instances;

/// <summary>Instances in memory that have nothing under way, the longest unused first.</summary>
internal sealed class IdleInstances
{
    private readonly Lock _gate = new();
    private readonly LinkedList<LiveInstance> _idle = new();

    public int Count => _idle.Count;

    /// <summary>Adds an instance as the most recently used.</summary>
    public void Add(LiveInstance instance)
    {
        lock (_gate)
        {
            if (instance.IdleNode.List is null)
            {
                _idle.AddLast(instance.IdleNode);
            }
        }
    }

    public void Remove(LiveInstance instance)
    {
        lock (_gate)
        {
            if (instance.IdleNode.List is not null)
            {
                _idle.Remove(instance.IdleNode);
            }
        }
    }

    /// <summary>Removes the longest unused instance; null when there is none.</summary>
    public LiveInstance? TakeLongestUnused()
    {
        lock (_gate)
        {
            var longest = _idle.First?.Value;
            if (longest is not null)
            {
                _idle.RemoveFirst();
            }

            return longest;
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _idle.Clear();
        }
    }
}
