using Azure.Core;
using Azure.Core.Pipeline;

namespace Workflows.Azure.Storage;

/// <summary>
/// Lets a caller know that its request was sent more than once. Then a conflict may be with the caller's own first
/// sending, whose answer was lost.
/// </summary>
internal sealed class RetryWatch : HttpPipelineSynchronousPolicy
{
    private static readonly AsyncLocal<Sendings?> Current = new();

    /// <summary>Watches what the calling method sends from here on.</summary>
    public static Sendings Begin() => Current.Value = new Sendings();

    public override void OnSendingRequest(HttpMessage message)
    {
        if (Current.Value is { } sendings && message.ProcessingContext.RetryNumber > 0)
        {
            sendings.WereRepeated = true;
        }
    }

    internal sealed class Sendings
    {
        public bool WereRepeated { get; set; }
    }
}
