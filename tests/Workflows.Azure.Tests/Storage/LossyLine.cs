using Azure.Core;
using Azure.Core.Pipeline;

namespace Workflows.Azure.Tests.Storage;

/// <summary>A line to the storage that loses requests, or the answers to requests that were carried out.</summary>
internal sealed class LossyLine : HttpPipelinePolicy
{
    private int _requests;
    private int _answers;

    /// <summary>How many of the next requests do not arrive.</summary>
    public int LoseRequests { set => _requests = value; }

    /// <summary>How many of the next requests are carried out without an answer; reads are always answered.</summary>
    public int LoseAnswers { set => _answers = value; }

    /// <summary>Puts it into a client, whose retries then follow at once.</summary>
    public void Install(ClientOptions options)
    {
        options.Retry.Delay = TimeSpan.FromMilliseconds(1);
        options.Retry.MaxDelay = TimeSpan.FromMilliseconds(1);
        options.AddPolicy(this, HttpPipelinePosition.PerRetry);
    }

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var isWrite = message.Request.Method != RequestMethod.Get;
        if (isWrite && Interlocked.Decrement(ref _requests) >= 0)
        {
            throw new IOException("The request was lost.");
        }

        await ProcessNextAsync(message, pipeline);
        if (isWrite && Interlocked.Decrement(ref _answers) >= 0)
        {
            throw new IOException("The answer was lost.");
        }
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("The store is asynchronous.");
}
