using System.Text.Json;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Workflows.Engine;
using Workflows.Platform;

namespace Microsoft.DurableTask.Hub;

/// <summary>The code of one orchestrator function.</summary>
internal delegate Task<object?> OrchestratorFunction(TaskOrchestrationContext context);

/// <summary>The code of one activity function; the input as the hub keeps it, to be read into the parameter's type.</summary>
internal delegate Task<object?> ActivityFunction(JsonElement input, CancellationToken stopping);

/// <summary>The functions of an app, by name.</summary>
internal sealed class HubFunctions
{
    public Dictionary<string, OrchestratorFunction> Orchestrators { get; } = new(StringComparer.OrdinalIgnoreCase);

    public Dictionary<string, ActivityFunction> Activities { get; } = new(StringComparer.OrdinalIgnoreCase);
}

/// <summary>What Durable Functions is known to do to an unwary app. All on, as in life; a test may look without.</summary>
internal sealed record HubTraps
{
    /// <summary>An event raised while the instance has not started yet is dropped.</summary>
    public bool PendingInstancesDropEvents { get; init; } = true;

    /// <summary>A wait that was cancelled stays where it was, and takes the next event of its name with it.</summary>
    public bool CancelledWaitsTakeEvents { get; init; } = true;

    /// <summary>An orchestration neither completes nor fails while a timer, activity or sub-orchestration of it is open.</summary>
    public bool OpenTasksHoldTheEnd { get; init; } = true;

    /// <summary>Replay compares a step's kind, number and name, and takes what another input came to for the result of this one.</summary>
    public bool ReplayIgnoresInputs { get; init; } = true;
}

/// <summary>A task hub: Durable Functions' programming model and habits, on the engine of the embedded home.</summary>
internal sealed class TaskHub : IAsyncDisposable
{
    public TaskHub(EngineOptions options, HubFunctions functions, HubTraps traps, ILoggerFactory logging)
    {
        Functions = functions;
        Traps = traps;
        Logging = logging;
        options.ComparesInputs = !traps.ReplayIgnoresInputs;
        // Nothing is parked: code that does not fit has failed, and a step is handed out again however often its process dies.
        options.FailsOnDivergence = true;
        options.MaxStartsOfAStep = int.MaxValue;
        var services = new ServiceCollection().AddSingleton(this).BuildServiceProvider();
        Engine = new DurableEngine(options, Catalog(), services, logging);
        Client = new HubClient(this);
    }

    public HubFunctions Functions { get; }

    public HubTraps Traps { get; }

    public ILoggerFactory Logging { get; }

    public HubMeter Meter { get; } = new();

    /// <summary>Clients cannot raise events just now.</summary>
    public bool TakesNoEvents { get; set; }

    /// <summary>The instance for which clients cannot raise events just now; null is none.</summary>
    public string? TakesNoEventsFor { get; set; }

    /// <summary>Clients cannot start orchestrations just now.</summary>
    public bool TakesNoStarts { get; set; }

    /// <summary>Clients that purge an instance hear of no success, although it is gone.</summary>
    public bool BreaksOffPurges { get; set; }

    /// <summary>How often a client was refused.</summary>
    public int Refused { get; private set; }

    /// <exception cref="InvalidOperationException">The hub cannot be reached.</exception>
    public void ThrowIf(bool isOutOfReach)
    {
        if (isOutOfReach)
        {
            Refused++;
            throw new InvalidOperationException("The hub cannot be reached.");
        }
    }

    public DurableEngine Engine { get; }

    public DurableTaskClient Client { get; }

    public Task StartAsync() => Engine.StartAsync();

    public Task StopAsync() => Engine.StopAsync();

    public ValueTask DisposeAsync() => Engine.DisposeAsync();

    private DurableCatalog Catalog()
    {
        var catalog = new DurableCatalog();
        foreach (var name in Functions.Orchestrators.Keys)
        {
            catalog.Add(new OrchestrationDescriptor(name, typeof(HubOrchestration), typeof(JsonElement), typeof(JsonElement))
            {
                Factory = () => new HubOrchestration(this),
            });
        }

        foreach (var name in Functions.Activities.Keys)
        {
            catalog.Add(new ActivityDescriptor(name, typeof(HubActivity), typeof(JsonElement), typeof(JsonElement)));
        }

        return catalog;
    }
}

/// <summary>How the worker turns values into JSON and back.</summary>
internal static class HubJson
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNameCaseInsensitive = true };

    public static JsonElement Write(object? value) => JsonSerializer.SerializeToElement(value, value?.GetType() ?? typeof(object), Options);

    public static T Read<T>(JsonElement value) => value.Deserialize<T>(Options)!;

    public static object? Read(JsonElement value, Type type) => value.Deserialize(type, Options);
}
