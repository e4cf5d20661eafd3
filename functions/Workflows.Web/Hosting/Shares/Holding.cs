using System.Net;

namespace Workflows.Web.Hosting.Shares;

/// <summary>A part of a <see cref="SharedCapacity"/> that one request or connection holds.</summary>
/// <param name="endUse">Ends what uses it, at once or soon, when it has to give way. Must not throw.</param>
internal sealed class Holding(SharedCapacity capacity, IPAddress address, Action endUse) : IDisposable
{
    private LinkedListNode<Holding>? _place;

    public IPAddress Address => address;

    /// <summary>Whether it was taken back for another.</summary>
    public bool HasGivenWay { get; internal set; }

    internal long Amount { get; set; }

    internal bool MayGiveWay { get; set; } = true;

    internal LinkedListNode<Holding> Place => _place ??= new LinkedListNode<Holding>(this);

    /// <inheritdoc cref="SharedCapacity.TryGrowTo"/>
    public bool TryGrowTo(long amount) => capacity.TryGrowTo(this, amount);

    /// <inheritdoc cref="SharedCapacity.LetGiveWay"/>
    public void LetGiveWay(bool mayGiveWay) => capacity.LetGiveWay(this, mayGiveWay);

    public void Dispose() => capacity.Release(this);

    internal void EndUse() => endUse();
}
