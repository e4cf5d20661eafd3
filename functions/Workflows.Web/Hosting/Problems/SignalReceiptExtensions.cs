using Workflows.Signals;
using Workflows.Web.Layout;

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

    /// <summary>What a page says of a signal that was taken.</summary>
    /// <exception cref="ProblemException">As <see cref="StateOrProblem"/>.</exception>
    public static ActionOutcome ToOutcome<T>(this SignalReceipt<T> receipt) where T : class
    {
        _ = receipt.StateOrProblem();
        return receipt.Outcome == SignalOutcome.Accepted ? ActionOutcome.Slow : ActionOutcome.Done;
    }
}
