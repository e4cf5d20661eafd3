using Workflows.Signals;

namespace Workflows.Tests.Signals;

public sealed class SignalMemoryTests
{
    [Fact]
    public void The_newest_is_last_and_the_oldest_is_forgotten()
    {
        IReadOnlyList<int> remembered = [];
        foreach (var signal in Enumerable.Range(1, SignalMemory.Length + 2))
        {
            remembered = SignalMemory.Add(remembered, signal);
        }

        Assert.Equal(Enumerable.Range(3, SignalMemory.Length), remembered);
    }
}
