using Workflows.Conformance;

namespace Workflows.Azure.Tests.DurableHost;

/// <summary>
/// What a virtual clock showed at a moment of the real one. Durable stamps its history and its instances by the
/// machine's clock; read through this, each stamp is a moment of the virtual clock, and the same one in every replay.
/// </summary>
internal sealed class VirtualTime
{
    private static readonly DateTime Far = DateTime.UnixEpoch.AddYears(200);

    private readonly List<(DateTime Real, DateTime Virtual)> _moves;

    public VirtualTime(VirtualClock clock)
    {
        Clock = clock;
        _moves = [(DateTime.MinValue, clock.GetUtcNow().UtcDateTime)];
        clock.Moved += Keep;
    }

    /// <summary>The clock that tests move. It stands still between moves.</summary>
    public VirtualClock Clock { get; }

    /// <summary>What the virtual clock showed then.</summary>
    public DateTime Of(DateTime real)
    {
        lock (_moves)
        {
            return DateTime.SpecifyKind(_moves.FindLast(move => move.Real <= real).Virtual, DateTimeKind.Utc);
        }
    }

    /// <summary>
    /// The real moment from which on the virtual clock showed this or later; a far one if it has not yet.
    /// </summary>
    public DateTime ReachedAt(DateTime moment)
    {
        lock (_moves)
        {
            var move = _moves.FindIndex(move => move.Virtual >= moment);
            return move < 0 ? Far : move == 0 ? DateTime.UnixEpoch : _moves[move].Real;
        }
    }

    private void Keep()
    {
        lock (_moves)
        {
            _moves.Add((TimeProvider.System.GetUtcNow().UtcDateTime, Clock.GetUtcNow().UtcDateTime));
        }
    }
}
