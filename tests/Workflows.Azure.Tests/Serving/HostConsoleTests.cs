using System.Text.Json;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Workflows.Azure.Serving;

namespace Workflows.Azure.Tests.Serving;

/// <summary>What a developer who runs the app locally sees of its lines.</summary>
public sealed class HostConsoleTests : IDisposable
{
    private readonly StringWriter _console = new();

    public void Dispose() => _console.Dispose();

    [Fact]
    public void Lines_of_the_start_are_shown_and_chatter_of_others_is_not()
    {
        using var app = CreateBuilder().Build();
        var logs = app.Services.GetRequiredService<ILoggerFactory>();
        Log.BuiltInPolicy(logs.CreateLogger<HomeOpening>(), PolicyFile.Name);
        Log.PurgeExpired(logs.CreateLogger("Workflows.Azure.Triggers"), 4711, 0);
        Write(logs.CreateLogger("Some.Library"), LogLevel.Information, "chatter");
        Write(logs.CreateLogger("Some.Library"), LogLevel.Warning, "trouble");

        var shown = _console.ToString();
        Assert.Contains(
            "Warning Workflows.Azure.Serving.HomeOpening: The built-in policy is in force",
            shown,
            StringComparison.Ordinal);
        Assert.Contains("4711", shown, StringComparison.Ordinal);
        Assert.Contains("trouble", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("chatter", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_says_what_went_wrong()
    {
        using var app = CreateBuilder().Build();
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Workflows.Azure");
        Log.OrchestrationFailed(log, "D-1", "InquiryToPayment", new InvalidOperationException("the reason"));
        Assert.Contains("the reason", _console.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_that_the_host_shows_by_its_invocation_is_not_shown_twice()
    {
        using var app = CreateBuilder().Build();
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Workflows.Azure");
        using (log.BeginScope(new Dictionary<string, object> { [HostConsole.InvocationId] = "1" }))
        {
            Write(log, LogLevel.Warning, "by the host");
        }

        using (log.BeginScope(new Dictionary<string, object> { ["faas.invocation_id"] = "1" }))
        {
            Write(log, LogLevel.Warning, "by the app");
        }

        Assert.DoesNotContain("by the host", _console.ToString(), StringComparison.Ordinal);
        Assert.Contains("by the app", _console.ToString(), StringComparison.Ordinal);
    }

    /// <summary>The host shows what its own settings let through.</summary>
    [Fact]
    public void The_host_lets_through_what_the_app_prints()
    {
        using var settings = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "host.json")));
        var levels = settings.RootElement.GetProperty("logging").GetProperty("logLevel");
        Assert.Equal("Information", levels.GetProperty("Host.Function.Console").GetString());
    }

    [Fact]
    public void Where_telemetry_goes_somewhere_nothing_is_printed()
    {
        const string somewhere = "InstrumentationKey=00000000-0000-0000-0000-000000000001";
        using var app = CreateBuilder(("APPLICATIONINSIGHTS_CONNECTION_STRING", somewhere)).Build();
        Assert.NotEmpty(app.Services.GetServices<ILoggerProvider>());
        Assert.Empty(app.Services.GetServices<ILoggerProvider>().OfType<HostConsole>());
    }

    private static void Write(ILogger log, LogLevel level, string text) =>
        log.Log(level, default, text, null, (state, _) => state);

    private FunctionsApplicationBuilder CreateBuilder(params (string Name, string Value)[] settings)
    {
        var before = Console.Out;
        Console.SetOut(_console);
        try
        {
            return WorkerApplication.CreateBuilder("Development", settings);
        }
        finally
        {
            Console.SetOut(before);
        }
    }
}
