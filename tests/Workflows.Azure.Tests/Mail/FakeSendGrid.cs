using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Workflows.Azure.Tests.Mail;

/// <summary>
/// SendGrid's send address on 127.0.0.1. It answers 202 unless a test sets another answer, one answer for each request.
/// </summary>
internal sealed class FakeSendGrid : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly ConcurrentQueue<Func<HttpContext, Task>> _answers = new();
    private readonly ConcurrentQueue<JsonElement> _mails = new();

    private FakeSendGrid()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _server = builder.Build();
        _server.MapPost("/v3/mail/send", ReceiveAsync);
    }

    /// <summary>Where it is.</summary>
    public string Host { get; private set; } = "";

    /// <summary>The mails it was sent, whatever it answered.</summary>
    public IReadOnlyCollection<JsonElement> Mails => _mails;

    /// <summary>The keys that came with them.</summary>
    public ConcurrentQueue<string> Keys { get; } = new();

    public static async Task<FakeSendGrid> StartAsync()
    {
        var fake = new FakeSendGrid();
        await fake._server.StartAsync();
        fake.Host = fake._server.Services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>()
            .Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return fake;
    }

    public void Answer(int status, string body = "", params (string Name, string Value)[] headers) =>
        _answers.Enqueue(context =>
    {
        context.Response.StatusCode = status;
        foreach (var (name, value) in headers)
        {
            context.Response.Headers[name] = value;
        }

        return context.Response.WriteAsync(body);
    });

    /// <summary>Takes a mail and says nothing until the caller has gone.</summary>
    public void TakeAndSayNothing() => _answers.Enqueue(async context =>
    {
        var gone = new TaskCompletionSource();
        await using var registration = context.RequestAborted.Register(gone.SetResult);
        await gone.Task;
    });

    /// <summary>Takes a mail and breaks the line.</summary>
    public void TakeAndBreakOff() => _answers.Enqueue(context =>
    {
        context.Abort();
        return Task.CompletedTask;
    });

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task ReceiveAsync(HttpContext context)
    {
        using var json = await JsonDocument.ParseAsync(context.Request.Body);
        _mails.Enqueue(json.RootElement.Clone());
        Keys.Enqueue(context.Request.Headers.Authorization.ToString());
        if (_answers.TryDequeue(out var answer))
        {
            await answer(context);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status202Accepted;
        context.Response.Headers["X-Message-Id"] = "message-1";
    }
}
