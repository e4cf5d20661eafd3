using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Workflows.Azure.Serving;

namespace Workflows.Azure.Tests.Serving;

/// <summary>
/// The app as it is started, on all that the official worker and its extensions register, without the host that would
/// call it: requests go through the app's own pipeline behind a server on a free port.
/// </summary>
internal sealed class WorkerApplication : IAsyncDisposable
{
    private const string EnvironmentVariable = "AZURE_FUNCTIONS_ENVIRONMENT";

    private static readonly Lock Starting = new();

    private readonly IHost _app;
    private readonly WebApplication _server;

    private WorkerApplication(IHost app, WebApplication server)
    {
        _app = app;
        _server = server;
    }

    public IServiceProvider Services => _app.Services;

    /// <summary>The port that a host forwards to.</summary>
    public Uri Inner => new(
        _server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>The app's builder, in an environment.</summary>
    public static FunctionsApplicationBuilder CreateBuilder(
        string environment, params (string Name, string Value)[] settings)
    {
        lock (Starting)
        {
            // The worker reads its environment from the process's variables, and nowhere else.
            var before = Environment.GetEnvironmentVariable(EnvironmentVariable);
            Environment.SetEnvironmentVariable(EnvironmentVariable, environment);
            try
            {
                var builder = HomeApplication.CreateBuilder(
                [
                    "--Storage=UseDevelopmentStorage=true",
                    "--Workflows:AdminKey=a-key-that-is-not-used",
                    "--Workflows:LinkKeys=1:" + Convert.ToBase64String(new byte[32]),
                    "--SendGrid:consoleOnly=true",
                    .. settings.Select(setting => $"--{setting.Name}={setting.Value}"),
                ]);
                Assert.Equal(environment, builder.Environment.EnvironmentName);
                StartExtensions(builder);
                return builder;
            }
            finally
            {
                Environment.SetEnvironmentVariable(EnvironmentVariable, before);
            }
        }
    }

    /// <param name="adjust">Has the last word on what the app is made of.</param>
    public static async Task<WorkerApplication> StartAsync(
        string environment, string publicAddress, Action<FunctionsApplicationBuilder> adjust)
    {
        var builder = CreateBuilder(environment, ("Workflows:PublicAddress", publicAddress));
        adjust(builder);
        var app = builder.Build();
        var web = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        web.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        var server = web.Build();
        server.Run(Worker(app.Services));
        await server.StartAsync();
        return new WorkerApplication(app, server);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _app.Dispose();
    }

    /// <summary>
    /// What happens to a request in the worker: the forwarding is undone as the extension says, and the function gets
    /// it in a scope of its own.
    /// </summary>
    private static RequestDelegate Worker(IServiceProvider services)
    {
        var pipeline = services.GetRequiredService<WebPipeline>();
        var worker = new ApplicationBuilder(services);
        worker.UseForwardedHeaders();
        worker.Run(async context => await pipeline.AnswerAsync(context.Request));
        var run = worker.Build();
        return async context =>
        {
            await using var scope = services.CreateAsyncScope();
            context.Features.Set<IServiceProvidersFeature>(
                new ServiceProvidersFeature { RequestServices = scope.ServiceProvider });
            await run(context);
        };
    }

    /// <summary>
    /// Those of the app, which the worker finds by the program that was started: here that is the tests' own.
    /// </summary>
    private static void StartExtensions(FunctionsApplicationBuilder builder)
    {
        var startup = typeof(HomeApplication).Assembly
            .GetCustomAttribute<WorkerExtensionStartupCodeExecutorInfoAttribute>()!;
        ((WorkerExtensionStartup)Activator.CreateInstance(startup.StartupCodeExecutorType)!).Configure(builder);
    }
}
