using Microsoft.DurableTask.Hub;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Azure.Durable;
using Workflows.Azure.Durable.Functions;
using Workflows.Azure.Durable.Signals;
using Workflows.Azure.Tests.Hosting;
using Workflows.Conformance;
using Workflows.Platform;

namespace Workflows.Azure.Tests.Conformance;

/// <summary>One process of the app: services of its own, and the functions that the hub has it run.</summary>
internal sealed class DurableProcess
{
    private readonly ServiceProvider _services;

    /// <param name="hub">What it works for; the hub is made of the functions of its first process.</param>
    public DurableProcess(DurableCatalog catalog, HomeSetup setup, Func<TaskHub> hub)
    {
        _services = new ServiceCollection()
            .AddSingleton(catalog)
            .AddSingleton<TimeProvider>(setup.Clock)
            .AddSingleton(setup.Logging)
            .AddSingleton(_ => hub().Engine.Tables)
            .AddSingleton(_ => hub().Engine.Mail)
            .AddDurable()
            .BuildServiceProvider();
        Functions = FunctionsOf(catalog, new FunctionsHost(_services) { Client = () => hub().Client });
    }

    public HubFunctions Functions { get; }

    public IOrchestrationClient Client => _services.GetRequiredService<IOrchestrationClient>();

    public WakeUps WakeUps => _services.GetRequiredService<WakeUps>();

    /// <summary>Passed with each function that it is given to run.</summary>
    public Mark Calls { get; } = new();

    /// <summary>Hands it the client, as the host does with each function that asks for one.</summary>
    public DurableProcess Join(TaskHub hub)
    {
        _services.GetRequiredService<DurableClient>().Use(hub.Client);
        return this;
    }

    /// <summary>The facts' own orchestrations and activities, and the adapter's functions as the app has them.</summary>
    private HubFunctions FunctionsOf(DurableCatalog catalog, FunctionsHost app)
    {
        var functions = new HubFunctions();
        foreach (var own in app.Durable().Activities.Where(each => app.Functions[each.Key].DeclaringType == typeof(OwnActivities)))
        {
            functions.Activities.Add(own.Key, own.Value);
        }

        foreach (var orchestration in catalog.Orchestrations)
        {
            functions.Orchestrators.Add(
                orchestration.Name, async context => await _services.GetRequiredService<OrchestrationRunner>().RunAsync(context));
        }

        foreach (var activity in catalog.Activities)
        {
            functions.Activities.Add(activity.Name, async (input, stopping) =>
                await _services.GetRequiredService<ActivityRunner>().RunAsync(activity.Name, HubJson.Read<ActivityCall>(input), stopping));
        }

        return functions;
    }
}

/// <summary>The same home as another process of the app sees it.</summary>
internal sealed class DurableHomeBeside(DurableHome first, DurableProcess process) : IHome
{
    public IOrchestrationClient Client => process.Client;

    public ITableStore Tables => first.Tables;

    public IMailOutbox Mail => first.Mail;

    public DateTimeOffset Now => first.Now;

    /// <summary>What it was given to run.</summary>
    public Mark Calls => process.Calls;

    public Task AdvanceAsync(TimeSpan by) => first.AdvanceAsync(by);

    public Task JumpAsync(TimeSpan by) => first.JumpAsync(by);

    public Task RestartAsync(DurableCatalog? catalog = null, TimeSpan downtime = default) =>
        throw new NotSupportedException("Restart the first: the hub restarts with it.");

    public Task CrashAndRestartAsync() => RestartAsync();

    public Task<IHome> StartSecondAsync() => first.StartSecondAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
