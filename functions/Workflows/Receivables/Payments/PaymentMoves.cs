namespace Workflows.Receivables.Payments;

/// <summary>
/// A payment is placed, taken back, placed again: each is a move with a number of its own, so that each is booked once.
/// Pure.
/// </summary>
internal static class PaymentMoves
{
    /// <summary>The next placing of a payment that was taken back that often; null is the first.</summary>
    public static int? Placing(int takenBack) => takenBack == 0 ? null : takenBack * 2;

    /// <summary>The taking back of a placing.</summary>
    public static int TakingBack(int? placing) => (placing ?? 0) + 1;

    /// <summary>The placing that is taken back.</summary>
    public static int? Before(int takingBack) => takingBack == 1 ? null : takingBack - 1;
}
