using System.Security.Cryptography;
using System.Text;

namespace Workflows.Embedded.Demo;

/// <summary>
/// Chance that repeats: the same seed and subject always throw the same, so that a demo that is started again goes on
/// with the same people. Not for secrets.
/// </summary>
internal sealed class SeededRandom
{
    private ulong _state;

    private SeededRandom(ulong state) => _state = state;

    /// <summary>A sequence of its own for one question about one thing.</summary>
    public static SeededRandom For(int seed, string subject) =>
        new(BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}\n{subject}"))));

    /// <summary>0 up to, but not, <paramref name="sides"/>.</summary>
    public int Roll(int sides) => (int)(Next() % (ulong)sides);

    /// <summary>Both ends included.</summary>
    public int Between(int low, int high) => low + Roll(high - low + 1);

    public bool Chance(int percent) => Roll(100) < percent;

    public T Pick<T>(IReadOnlyList<T> choices) => choices[Roll(choices.Count)];

    // SplitMix64.
    private ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
