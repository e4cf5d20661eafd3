using System.Net;

namespace Workflows.Azure.Tests.Serving;

/// <summary>
/// A browser and the Functions host between it and the app: the host speaks to the app's inner port under that port's
/// name, and writes where it was reached itself into the forwarding headers.
/// </summary>
/// <param name="inner">The app's port.</param>
/// <param name="appends">A host that keeps what a client wrote there, and adds its own at the end.</param>
internal sealed class HostHop(Uri inner, bool appends = false) : DelegatingHandler(
    new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
{
    private readonly CookieContainer _cookies = new();

    /// <summary>Under which name the host is reached, where that is not the one in the browser's address bar.</summary>
    public string? ReachedAs { get; init; }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var asked = request.RequestUri!;
        if (_cookies.GetCookieHeader(asked) is { Length: > 0 } cookies)
        {
            request.Headers.Add("Cookie", cookies);
        }

        Forward(request, "X-Forwarded-For", "203.0.113.7");
        Forward(request, "X-Forwarded-Host", ReachedAs ?? asked.Authority);
        Forward(request, "X-Forwarded-Proto", asked.Scheme);
        request.RequestUri = new Uri(inner, asked.PathAndQuery);
        var answer = await base.SendAsync(request, cancellationToken);
        if (answer.Headers.TryGetValues("Set-Cookie", out var set))
        {
            foreach (var cookie in set)
            {
                _cookies.SetCookies(asked, cookie);
            }
        }

        return answer;
    }

    private void Forward(HttpRequestMessage request, string name, string own)
    {
        var clients = appends && request.Headers.TryGetValues(name, out var values)
            ? string.Join(", ", values) + ", " : "";
        request.Headers.Remove(name);
        request.Headers.Add(name, clients + own);
    }
}
