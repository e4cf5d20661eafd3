using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Workflows.Platform;

namespace Workflows.Engine.Tests;

/// <summary>Has an engine on a file of its own, which a test may stop and start again.</summary>
public class EngineFixture : IAsyncLifetime
{
    private readonly DatabaseFile _file = new();

    protected string FilePath => _file.FilePath;

    protected DurableEngine Engine { get; private set; } = null!;

    protected virtual EngineOptions Options => new() { DatabasePath = _file.FilePath };

    protected virtual DurableCatalog Catalog => new();

    protected virtual ILoggerFactory Logging => NullLoggerFactory.Instance;

    public virtual async Task InitializeAsync()
    {
        Engine = NewEngine();
        await Engine.StartAsync();
    }

    public virtual async Task DisposeAsync()
    {
        await Engine.DisposeAsync();
        _file.Delete();
    }

    protected async Task RestartAsync()
    {
        await Engine.StopAsync();
        Engine = NewEngine();
        await Engine.StartAsync();
    }

    protected DurableEngine NewEngine(EngineOptions? options = null) =>
        new(options ?? Options, Catalog, new ServiceCollection().BuildServiceProvider(), Logging);
}
