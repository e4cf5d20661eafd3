using System.Net.Http.Headers;
using System.Text;
using SendGrid.Helpers.Mail;

namespace SendGrid;

public abstract class BaseClient : ISendGridClient
{
    private readonly HttpClient _client;
    private readonly BaseClientOptions _options;

    protected BaseClient(HttpClient httpClient, BaseClientOptions options)
    {
        _options = options ?? throw new ArgumentNullException(nameof(options));
        _client = httpClient ?? new HttpClient();
    }

    /// <summary>One request; nothing is tried twice.</summary>
    public async Task<Response> SendEmailAsync(SendGridMessage msg, CancellationToken cancellationToken = default)
    {
        var address = new Uri($"{_options.Host.TrimEnd('/')}/{_options.Version}/mail/send");
        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new StringContent(msg.Serialize(), Encoding.UTF8, new MediaTypeHeaderValue("application/json")),
        };
        request.Headers.Authorization = _options.Auth;
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        var response = await _client.SendAsync(request, cancellationToken);
        return new Response(response.StatusCode, response.Content, response.Headers);
    }
}
