using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Workflows.Platform;

namespace Workflows.Azure.Durable;

/// <summary>What every activity function does: runs the activity of its name.</summary>
public sealed class ActivityRunner(
    DurableCatalog catalog, IServiceProvider services, ITableStore tables, IMailOutbox mail, TimeProvider clock,
    ILoggerFactory logging)
{
    private readonly ConcurrentDictionary<Type, ObjectFactory> _factories = new();
    private readonly ILogger _log = logging.CreateLogger(Log.Category);

    /// <summary>Runs an activity once; Durable may do so more than once.</summary>
    /// <param name="name">The activity's recorded name.</param>
    /// <param name="call">From whom, and with what.</param>
    /// <param name="stopping">Set when the host stops; Durable runs it again elsewhere.</param>
    /// <returns>The result as JSON.</returns>
    public async Task<JsonElement> RunAsync(string name, ActivityCall call, CancellationToken stopping)
    {
        var descriptor = catalog.FindActivity(name)
            ?? throw new InvalidOperationException($"There is no activity '{name}'.");
        try
        {
            await using var scope = services.CreateAsyncScope();
            var factory = _factories.GetOrAdd(
                descriptor.Type, static type => ActivatorUtilities.CreateFactory(type, Type.EmptyTypes));
            var activity = (IActivity)factory(scope.ServiceProvider, null);
            var context = new DurableActivityContext(name, call, tables, mail, clock, stopping);
            var result = await activity.RunAsync(context, Payloads.Read(call.Input, descriptor.InputType));
            return Payloads.Write(result, descriptor.ResultType);
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            Log.ActivityFailed(_log, name, call.InstanceId, call.Attempt, exception);
            throw RecordedFailureException.Of(exception);
        }
    }
}

/// <summary>
/// What a running activity sees. Its writes count at once: they are keyed by the step, so a second run repeats them.
/// </summary>
internal sealed class DurableActivityContext(
    string name, ActivityCall call, ITableStore tables, IMailOutbox mail, TimeProvider clock,
    CancellationToken stopping) : ActivityContext
{
    public override string InstanceId => call.InstanceId;

    public override string Name => name;

    public override int TaskId => call.TaskId;

    public override int Attempt => call.Attempt;

    public override string IdempotencyKey => call.Key;

    public override DateTimeOffset UtcNow => clock.GetUtcNow();

    public override ITableStore Tables => tables;

    public override IMailOutbox Mail => mail;

    public override CancellationToken Stopping => stopping;
}
