using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Workflows.Azure.Mail;
using Workflows.Web;
using Workflows.Web.Hosting.Requests;

namespace Workflows.Azure.Tests.Mail;

/// <summary>The event webhook's address on 127.0.0.1.</summary>
internal sealed class EventServer : IAsyncDisposable
{
    private readonly HttpClient _client = new();
    private readonly WebApplication _server;

    private EventServer(WebApplication server) => _server = server;

    public static async Task<EventServer> StartAsync(MailHome home, string? eventKey)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddAuthorization().AddRawBodies(new WebOptions());
        var server = builder.Build();
        new MailEventRoutes(
            home.Settings with { EventKey = eventKey }, home.Events, home.Clock, NullLogger<MailEventRoutes>.Instance)
            .Map(server);
        await server.StartAsync();
        var events = new EventServer(server);
        events._client.BaseAddress = new Uri(
            server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        return events;
    }

    public async Task<HttpStatusCode> PostAsync(string body, string timestamp, string signature)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/mail/events")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
            Headers =
                {
                    { MailEventSignature.TimestampHeader, timestamp },
                    { MailEventSignature.SignatureHeader, signature },
                },
        };
        using var response = await _client.SendAsync(request);
        return response.StatusCode;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }
}
