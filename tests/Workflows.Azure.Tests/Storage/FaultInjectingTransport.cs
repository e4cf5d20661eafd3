using System.Net;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Workflows.Azure.Tests.Storage;

/// <summary>
/// A line to the storage that loses writes, or the answers to writes that were carried out. Reads get through.
/// </summary>
internal sealed class FaultInjectingTransport() : DelegatingHandler(new SocketsHttpHandler())
{
    private int _requests;
    private int _answers;
    private int _refusals;
    private HttpStatusCode _refusal;

    /// <summary>How many of the next writes do not arrive.</summary>
    public int LoseRequests { set => _requests = value; }

    /// <summary>How many of the next writes are carried out without an answer.</summary>
    public int LoseAnswers { set => _answers = value; }

    /// <summary>Has the service refuse the next writes.</summary>
    public void Refuse(HttpStatusCode status, int times) => (_refusal, _refusals) = (status, times);

    /// <summary>Puts it into a client, whose retries then follow at once.</summary>
    public void Install(ClientOptions options)
    {
        options.Retry.Delay = TimeSpan.FromMilliseconds(1);
        options.Retry.MaxDelay = TimeSpan.FromMilliseconds(1);
        options.Transport = new HttpClientTransport(this);
    }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var isWrite = request.Method != HttpMethod.Get;
        if (isWrite && Interlocked.Decrement(ref _requests) >= 0)
        {
            throw new IOException("The request was lost.");
        }

        if (isWrite && Interlocked.Decrement(ref _refusals) >= 0)
        {
            return new HttpResponseMessage(_refusal) { RequestMessage = request };
        }

        var response = await base.SendAsync(request, cancellationToken);
        if (isWrite && Interlocked.Decrement(ref _answers) >= 0)
        {
            response.Dispose();
            throw new IOException("The answer was lost.");
        }

        return response;
    }
}
