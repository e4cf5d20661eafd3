using System.Text.Json;
using Google.Protobuf;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Worker;
using Microsoft.DurableTask.Worker.Grpc;
using Microsoft.Extensions.DependencyInjection;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Workflows.Azure.Durable;
using JsonSerializer = System.Text.Json.JsonSerializer;
using Protocol = Microsoft.DurableTask.Protobuf;

namespace Workflows.Azure.Tests.DurableHost;

/// <summary>The code of one orchestrator function.</summary>
internal delegate Task<object?> OrchestratorFunction(TaskOrchestrationContext context);

/// <summary>The code of one activity function; the input as JSON, to be read into the parameter's type.</summary>
internal delegate Task<object?> ActivityFunction(string input, CancellationToken stopping);

/// <summary>The durable functions of an app, by name.</summary>
internal sealed class DurableFunctions
{
    public Dictionary<string, OrchestratorFunction> Orchestrators { get; } = new(StringComparer.OrdinalIgnoreCase);

    public Dictionary<string, ActivityFunction> Activities { get; } = new(StringComparer.OrdinalIgnoreCase);
}

/// <summary>
/// One process of the app, as the host sees it: orchestrators run on the worker's own runner, activities get and give
/// JSON as the worker reads and writes it, failures come worded as the worker words them.
/// </summary>
internal sealed class Worker(
    DurableFunctions functions, IServiceProvider services, VirtualTime time) : IWorkerFunctions,
IDisposable
{
    private static readonly JsonSerializerOptions WorkerJson = new() { PropertyNameCaseInsensitive = true };

    private readonly CancellationTokenSource _stopping = new();
    private readonly ExtendedSessionsCache _sessions = new();
    private int _activities;

    /// <summary>How many activities it was given.</summary>
    public int Activities => Volatile.Read(ref _activities);

    public Task<string> OrchestrateAsync(string function, string request)
    {
        var run = functions.Orchestrators[function];
        return Task.FromResult(
            GrpcOrchestrationRunner.LoadAndRun(InVirtualTime(request), new Orchestrator(run), _sessions, services));
    }

    public async Task<JToken?> ActAsync(string function, string input)
    {
        Interlocked.Increment(ref _activities);
        try
        {
            var result = await functions.Activities[function](input, _stopping.Token);
            // As the host reads a worker's JSON: dates stay text, and numbers keep their digits.
            var json = JsonSerializer.Serialize(result, result?.GetType() ?? typeof(object));
            await using var reader = new JsonTextReader(new StringReader(json))
            {
                DateParseHandling = DateParseHandling.None,
                FloatParseHandling = FloatParseHandling.Decimal,
            };
            return await JToken.ReadFromAsync(reader) is { Type: not JTokenType.Null } value ? value : null;
        }
        catch (Exception failed)
        {
            var details = JsonSerializer.Serialize(
                new
                {
                    errorType = failed.GetType().FullName,
                    errorMessage = failed.Message,
                    stackTrace = failed.StackTrace,
                });
            throw new InvalidOperationException($"Result: Failure\nException: {details}\nStack: {failed.StackTrace}");
        }
    }

    /// <summary>Reads an activity's input as the worker does.</summary>
    public static object? Read(string input, Type type) => JsonSerializer.Deserialize(input, type, WorkerJson);

    /// <summary>Signals to running activities that the process stops.</summary>
    public void Stop() => _stopping.Cancel();

    public void Dispose()
    {
        _stopping.Dispose();
        _sessions.Dispose();
    }

    private string InVirtualTime(string request)
    {
        var message = Protocol.OrchestratorRequest.Parser.ParseFrom(Convert.FromBase64String(request));
        foreach (
            var started in message.PastEvents.Concat(message.NewEvents).Where(
                each => each.OrchestratorStarted is not null))
        {
            started.Timestamp = VirtualTimeInterceptor.Of(time, started.Timestamp);
        }

        return Convert.ToBase64String(message.ToByteArray());
    }

    private sealed class Orchestrator(OrchestratorFunction run) : ITaskOrchestrator
    {
        public Type InputType => typeof(InstanceStart);

        public Type OutputType => typeof(object);

        public Task<object?> RunAsync(TaskOrchestrationContext context, object? input) => run(context);
    }
}
