using Workflows.Signals;

namespace Workflows.Web.Hosting.Problems;

internal static class SignalReceiptExtensions
{
    /// <summary>The deal or the invoice after a signal that it took.</summary>
    /// <exception cref="ProblemException">404 without one, 409 when it cannot be as it stands.</exception>
    public static T StateOrProblem<T>(this SignalReceipt<T> receipt) where T : class => receipt.Outcome switch
    {
        SignalOutcome.NotFound => throw new ProblemException(ProblemType.NotFound),
        SignalOutcome.Refused => throw new ProblemException(ProblemType.Conflict, RefusalText.Of(receipt.Refusal!)),
        _ => receipt.State!,
    };
}
