using System.Reflection;

namespace Workflows.Platform;

/// <summary>
/// The orchestrations and activities a home can run, by recorded name. Filled at start, then only read.
/// </summary>
public sealed class DurableCatalog
{
    private readonly Dictionary<string, OrchestrationDescriptor> _orchestrations = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ActivityDescriptor> _activities = new(StringComparer.Ordinal);

    /// <summary>Every orchestration, in no order.</summary>
    public IReadOnlyCollection<OrchestrationDescriptor> Orchestrations => _orchestrations.Values;

    /// <summary>Every activity, in no order.</summary>
    public IReadOnlyCollection<ActivityDescriptor> Activities => _activities.Values;

    /// <summary>Adds one orchestration.</summary>
    /// <exception cref="ArgumentException">Its name is taken.</exception>
    public DurableCatalog AddOrchestration<T>() where T : IOrchestration, new() => AddOrchestration(typeof(T));

    /// <summary>Adds one activity.</summary>
    /// <exception cref="ArgumentException">Its name is taken.</exception>
    public DurableCatalog AddActivity<T>() where T : IActivity => AddActivity(typeof(T));

    /// <summary>Adds every concrete orchestration and activity of an assembly.</summary>
    /// <exception cref="ArgumentException">A name is taken.</exception>
    public DurableCatalog AddAssembly(Assembly assembly)
    {
        foreach (var type in assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false }))
        {
            if (type.IsAssignableTo(typeof(IOrchestration)))
            {
                AddOrchestration(type);
            }
            else if (type.IsAssignableTo(typeof(IActivity)))
            {
                AddActivity(type);
            }
        }

        return this;
    }

    /// <summary>
    /// Adds an orchestration that is no type of its own: a home that hosts functions gives each its name.
    /// </summary>
    /// <exception cref="ArgumentException">Its name is taken.</exception>
    public DurableCatalog Add(OrchestrationDescriptor orchestration)
    {
        _orchestrations.Add(orchestration.Name, orchestration);
        return this;
    }

    /// <summary>Adds an activity that is no type of its own.</summary>
    /// <exception cref="ArgumentException">Its name is taken.</exception>
    public DurableCatalog Add(ActivityDescriptor activity)
    {
        _activities.Add(activity.Name, activity);
        return this;
    }

    /// <summary>Finds an orchestration by its recorded name.</summary>
    public OrchestrationDescriptor? FindOrchestration(string name) => _orchestrations.GetValueOrDefault(name);

    /// <summary>Finds an activity by its recorded name.</summary>
    public ActivityDescriptor? FindActivity(string name) => _activities.GetValueOrDefault(name);

    private DurableCatalog AddOrchestration(Type type)
    {
        var name = DurableNameAttribute.Of(type);
        var sample = (IOrchestration)Activator.CreateInstance(type, nonPublic: true)!;
        _orchestrations.Add(name, new OrchestrationDescriptor(name, type, sample.InputType, sample.ResultType)
        {
            HandsUntakenEventsTo = sample.HandsUntakenEventsTo,
        });
        return this;
    }

    private DurableCatalog AddActivity(Type type)
    {
        var name = DurableNameAttribute.Of(type);
        var contract = type;
        while (!contract.IsGenericType || contract.GetGenericTypeDefinition() != typeof(Activity<,,>))
        {
            contract = contract.BaseType
                ?? throw new ArgumentException(
                    $"{type} must derive from Activity<TSelf, TInput, TResult>.", nameof(type));
        }

        var arguments = contract.GetGenericArguments();
        _activities.Add(name, new ActivityDescriptor(name, type, arguments[1], arguments[2]));
        return this;
    }
}

/// <summary>One orchestration of the catalogue.</summary>
/// <param name="Name">The recorded name.</param>
/// <param name="Type">Has a constructor without parameters: an orchestration depends on its context alone.</param>
/// <param name="InputType">Type of the input.</param>
/// <param name="ResultType">Type of the result.</param>
public sealed record OrchestrationDescriptor(string Name, Type Type, Type InputType, Type ResultType)
{
    /// <summary>Makes the orchestrator where its type's constructor does not; null is the constructor.</summary>
    public Func<IOrchestration>? Factory { get; init; }

    /// <inheritdoc cref="IOrchestration.HandsUntakenEventsTo"/>
    public string? HandsUntakenEventsTo { get; init; }

    /// <summary>A fresh orchestrator for one generation of one instance.</summary>
    public IOrchestration Create() =>
        Factory?.Invoke() ?? (IOrchestration)Activator.CreateInstance(Type, nonPublic: true)!;
}

/// <summary>One activity of the catalogue.</summary>
/// <param name="Name">The recorded name.</param>
/// <param name="Type">Built by the home, with constructor injection, for each run.</param>
/// <param name="InputType">Type of the input.</param>
/// <param name="ResultType">Type of the result.</param>
public sealed record ActivityDescriptor(string Name, Type Type, Type InputType, Type ResultType);
