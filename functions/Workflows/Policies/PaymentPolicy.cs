namespace Workflows.Policies;

/// <summary>How payments are taken. Short by at most the smaller of the two is a bank fee.</summary>
/// <param name="ToleranceAmount">In the base currency; converted to the invoice's by the policy's rates.</param>
/// <param name="TolerancePercent">Of the open amount.</param>
public sealed record PaymentPolicy(decimal ToleranceAmount, decimal TolerancePercent);
