using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Workflows.Web.Tests.Hosting.Problems;

/// <summary>A caller's trace is found again in the answer and in the log.</summary>
public sealed class RequestIdTests : IAsyncLifetime
{
    private const string TraceId = "0af7651916cd43dd8448eb211c80319c";

    private readonly LogLines _log = new();
    private readonly WebHome _home;

    public RequestIdTests() => _home = new WebHome
    {
        Replace = services =>
        {
            services.AddSingleton<ILoggerProvider>(_log);
            services.AddSingleton<IHomeRoutes, FailingRoute>();
        },
    };

    public Task InitializeAsync() => _home.InitializeAsync();

    public Task DisposeAsync() => _home.DisposeAsync();

    [Fact]
    public async Task The_trace_that_a_caller_names_is_the_request_id_and_the_trace_of_what_is_logged()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/fails");
        request.Headers.Add("traceparent", $"00-{TraceId}-b7ad6b7169203331-01");

        // A client of this process would replace the header with a trace of its own.
        using var client = new HttpClient(
            new SocketsHttpHandler { ActivityHeadersPropagator = null })
        { BaseAddress = _home.Address };
        using var answer = await client.SendAsync(request);

        var problem = await answer.ProblemAsync(HttpStatusCode.InternalServerError, "internal-error");
        Assert.Equal(TraceId, problem.GetProperty("requestId").GetString());
        Assert.Equal(TraceId, answer.Headers.GetValues("X-Request-Id").Single());
        Assert.Contains(_log.Lines, line => line.Text.Contains(TraceId, StringComparison.Ordinal));
        Assert.All(
            _log.Lines.Where(line => line.Exception is not null), line => Assert.Equal(TraceId, line.TraceId));
    }

    [Theory]
    [InlineData("workflows=garbage; workflows-form=garbage")]
    [InlineData("workflows-form=CfDJ8AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("workflows=CfDJ8AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("workflows=chunks-900; =; ;;;")]
    public async Task A_cookie_that_is_not_ours_leaves_nothing_in_the_log(string cookie)
    {
        var before = _log.Lines.Count;
        using var client = new HttpClient(
            new SocketsHttpHandler { UseCookies = false })
        { BaseAddress = _home.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/sign-in") { Headers = { { "Cookie", cookie } } };
        using var answer = await client.SendAsync(request);
        using var form = new HttpRequestMessage(HttpMethod.Post, "/sign-in")
        {
            Content = new FormUrlEncodedContent([new("_form", "garbage"), new("key", "x")]),
            Headers = { { "Cookie", cookie } },
        };
        using var refused = await client.SendAsync(form);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        await refused.ProblemAsync(HttpStatusCode.Forbidden, "csrf-failed");
        Assert.Empty(_log.Lines.Skip(before).Where(line => line.Level >= LogLevel.Warning).Select(line => line.Text));
    }

    private sealed class FailingRoute : IHomeRoutes
    {
        public void Map(IEndpointRouteBuilder routes) =>
            routes.MapGet("/fails", (HttpContext _) => throw new NotSupportedException("On purpose.")).AllowAnonymous();
    }

    private sealed class LogLines : ILoggerProvider
    {
        private readonly List<LogLine> _lines = [];

        public IReadOnlyList<LogLine> Lines
        {
            get
            {
                lock (_lines)
                {
                    return [.. _lines];
                }
            }
        }

        public ILogger CreateLogger(string categoryName) => new Logger(categoryName, _lines);

        public void Dispose()
        {
        }
    }

    private sealed record LogLine(LogLevel Level, string Text, Exception? Exception, string? TraceId);

    private sealed class Logger(string category, List<LogLine> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            lock (lines)
            {
                lines.Add(new LogLine(
                    logLevel, $"{category}: {formatter(state, exception)}", exception,
                    Activity.Current?.TraceId.ToHexString()));
            }
        }
    }
}
