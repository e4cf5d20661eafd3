using System.Buffers;
using System.Text;
using Workflows.Web.Inquiries.Webhooks;

namespace Workflows.Web.Tests.Inquiries.Webhooks;

internal static class Verdicts
{
    /// <summary>What becomes of a delivery: headers first, then the body, which comes in two pieces.</summary>
    public static WebhookVerdict Decide(this IWebhookAdapter adapter, WebhookEnvelope envelope, string body)
    {
        var verdict = adapter.Check(envelope);
        return verdict.Problem is null ? adapter.Verify(envelope, InPieces(Encoding.UTF8.GetBytes(body))) : verdict;
    }

    private static ReadOnlySequence<byte> InPieces(byte[] bytes)
    {
        var first = new Piece(bytes.AsMemory(0, bytes.Length / 2), runningIndex: 0);
        var last = first.Append(bytes.AsMemory(bytes.Length / 2));
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(ReadOnlyMemory<byte> memory, long runningIndex) => (Memory, RunningIndex) = (memory, runningIndex);

        public Piece Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Piece(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
