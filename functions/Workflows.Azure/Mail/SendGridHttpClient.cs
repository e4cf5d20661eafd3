using System.Net;

namespace Workflows.Azure.Mail;

/// <summary>A request failed before a byte of its body was written: the other side cannot have it.</summary>
internal sealed class NotHandedOverException(Exception cause) : Exception("The request was not handed over.", cause);

/// <summary>
/// The line to SendGrid. It repeats nothing, and reports whether a request that failed had been handed over: a name
/// that is not found or a connection that is not made leaves no doubt, a silence after the mail was written does.
/// </summary>
internal sealed class SendGridHttpClient(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    /// <summary>Opens it. How long a request may take is its caller's to say.</summary>
    public static HttpClient Open()
    {
        // Renewed connections see changes of the service's addresses.
        var handler = new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) };
        return new HttpClient(new SendGridHttpClient(handler)) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <exception cref="NotHandedOverException">It failed, and the other side cannot have it.</exception>
    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = new WatchedContent(request.Content!);
        request.Content = body;
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        catch (Exception exception) when (
            !body.IsBegun && exception is (HttpRequestException or OperationCanceledException or IOException))
        {
            throw new NotHandedOverException(exception);
        }
    }

    private sealed class WatchedContent : HttpContent
    {
        private readonly HttpContent _content;

        public WatchedContent(HttpContent content)
        {
            _content = content;
            foreach (var (name, values) in content.Headers)
            {
                Headers.TryAddWithoutValidation(name, values);
            }
        }

        public bool IsBegun { get; private set; }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            IsBegun = true;
            return _content.CopyToAsync(stream, context);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = _content.Headers.ContentLength ?? 0;
            return _content.Headers.ContentLength is not null;
        }
    }
}
