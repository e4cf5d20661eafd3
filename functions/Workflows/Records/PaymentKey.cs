using Workflows.Platform;

namespace Workflows.Records;

/// <summary>
/// A payment's reference as a row key: it may hold what a key must not, and be longer than one. Banks write what their
/// customers typed, so keys of ours begin with <c>!</c>, which no escaped reference does.
/// </summary>
internal static class PaymentKey
{
    private const int Longest = 120;

    /// <summary>The key of a bank's reference.</summary>
    public static string Of(string reference)
    {
        var key = Uri.EscapeDataString(reference);
        return key.Length <= Longest ? key : "!sha256-" + Sha256Hex.Lower(reference);
    }

    /// <summary>What a key goes on with when the payment is placed again, or taken back.</summary>
    /// <param name="move">Null for the first placing.</param>
    public static string Move(int? move) => move is { } number ? $"!move-{number}" : "";

    /// <summary>The key of a reference that we gave ourselves.</summary>
    public static string OfOurs(string reference) => "!" + Of(reference);
}
