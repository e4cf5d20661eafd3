using Workflows.Platform;

namespace Workflows.Records;

/// <summary>A bank's reference as a row key: it may hold what a key must not, and be longer than one.</summary>
internal static class PaymentKey
{
    private const int Longest = 120;

    public static string Of(string reference)
    {
        var key = Uri.EscapeDataString(reference);
        return key.Length <= Longest ? key : "sha256-" + Sha256Hex.Lower(reference);
    }
}
