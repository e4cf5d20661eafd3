using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Engine.History;
using Workflows.Engine.Mails;
using Workflows.Engine.Storage;
using Workflows.Platform;

namespace Workflows.Engine.Activities;

/// <summary>What activities are created and run with.</summary>
internal sealed class ActivityServices(
    Database database, EngineOptions options, DurableCatalog catalog, Payloads payloads, MailOutbox outbox,
    IServiceProvider services)
{
    private readonly ConcurrentDictionary<Type, ObjectFactory> _factories = new();

    public Database Database => database;

    public DurableCatalog Catalog => catalog;

    public Payloads Payloads => payloads;

    public MailOutbox Outbox => outbox;

    public EngineOptions Options => options;

    public TimeProvider Clock => options.TimeProvider;

    public IServiceScopeFactory Scopes { get; } = services.GetRequiredService<IServiceScopeFactory>();

    /// <summary>Set when the engine stops.</summary>
    public CancellationToken Stopping { get; set; }

    /// <summary>Runs an activity again after a while, because the storage failed; set by the pool.</summary>
    public Action<ActivityRun> RunLater { get; set; } = _ => { };

    public IActivity Create(ActivityDescriptor descriptor, IServiceProvider scope) =>
        (IActivity)_factories.GetOrAdd(
            descriptor.Type, static type => ActivatorUtilities.CreateFactory(type, Type.EmptyTypes))(scope, null);
}
