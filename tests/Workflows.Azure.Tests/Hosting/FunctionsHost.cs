using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Azure.Tests.DurableHost;

namespace Workflows.Azure.Tests.Hosting;

/// <summary>
/// Finds an app's functions by their attributes, and calls them the way the Functions host does: an instance from the
/// app's services for each call, the trigger's value and whatever else the method asks for.
/// </summary>
internal sealed class FunctionsHost(IServiceProvider services)
{
    private readonly Dictionary<string, MethodInfo> _functions = typeof(Durable.DurableServices).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods())
        .Where(method => method.GetCustomAttribute<FunctionAttribute>() is not null)
        .ToDictionary(method => method.GetCustomAttribute<FunctionAttribute>()!.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Every function, by name.</summary>
    public IReadOnlyDictionary<string, MethodInfo> Functions => _functions;

    /// <summary>What functions that ask for it are given.</summary>
    public Func<DurableTaskClient>? Client { get; set; }

    /// <summary>The names of the functions with that trigger.</summary>
    public IEnumerable<string> NamesOf<TTrigger>() where TTrigger : Attribute =>
        _functions.Where(function => TriggerOf(function.Value)?.GetCustomAttribute<TTrigger>() is not null)
            .Select(function => function.Key);

    /// <summary>The app's durable functions, for a host.</summary>
    public DurableFunctions Durable()
    {
        var functions = new DurableFunctions();
        foreach (var name in NamesOf<OrchestrationTriggerAttribute>())
        {
            functions.Orchestrators[name] = context => CallAsync(name, context, CancellationToken.None);
        }

        foreach (var name in NamesOf<ActivityTriggerAttribute>())
        {
            functions.Activities[name] = (input, stopping) =>
                CallAsync(name, Worker.Read(input, TriggerOf(_functions[name])!.ParameterType)!, stopping);
        }

        return functions;
    }

    /// <summary>Calls a function and gives its result; null when it has none.</summary>
    public async Task<object?> CallAsync(string name, object trigger, CancellationToken stopping)
    {
        var method = _functions[name];
        var target = method.IsStatic ? null : ActivatorUtilities.CreateInstance(services, method.DeclaringType!);
        var arguments = method.GetParameters().Select(parameter => ArgumentOf(parameter, trigger, stopping)).ToArray();
        var task = (Task)method.Invoke(target, BindingFlags.DoNotWrapExceptions, null, arguments, null)!;
        await task;
        return task.GetType().GetProperty("Result")?.GetValue(task) is { } result
            && result.GetType().Name != "VoidTaskResult"
            ? result
            : null;
    }

    private object ArgumentOf(ParameterInfo parameter, object trigger, CancellationToken stopping)
    {
        if (parameter.ParameterType == typeof(CancellationToken))
        {
            return stopping;
        }

        if (parameter.GetCustomAttribute<DurableClientAttribute>() is not null)
        {
            return Client!();
        }

        return parameter.ParameterType.IsInstanceOfType(trigger) ? trigger
            : throw new InvalidOperationException($"Nothing is known to give to {parameter.Member.Name}({parameter}).");
    }

    private static ParameterInfo? TriggerOf(MethodInfo method) => method.GetParameters().FirstOrDefault(parameter =>
        parameter.GetCustomAttributes().Any(
            attribute => attribute.GetType().Name.EndsWith("TriggerAttribute", StringComparison.Ordinal)));
}
