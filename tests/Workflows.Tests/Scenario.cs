using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Workflows.Approvals;
using Workflows.Conformance;
using Workflows.Effects;
using Workflows.Engine;
using Workflows.Lifecycle;
using Workflows.Mails;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Receivables;
using Workflows.Sweeps;

namespace Workflows.Tests;

/// <summary>
/// The whole business on an engine of its own: a file that goes with the test, a clock that stands still until the test
/// moves it, the default policy unless a test sets another, mails as plain records.
/// </summary>
public sealed class Scenario : IAsyncDisposable
{
    private const int LooksUntilQuiet = 3;

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("workflows-");
    private readonly PlainMailComposer _composer = new();
    private readonly ServiceProvider _services;
    private readonly Func<ActivityDescriptor, ActivityDescriptor> _steps;

    private Scenario(
        Policy policy,
        DateTimeOffset start,
        Action<IServiceCollection>? more,
        Func<ActivityDescriptor, ActivityDescriptor>? steps)
    {
        _steps = steps ?? (step => step);
        Policy = policy;
        Clock = new VirtualClock(start);
        var services = new ServiceCollection()
            .AddSingleton(new PolicyStore(policy))
            .AddSingleton<IMailComposer>(_composer)
            .AddSingleton(new PublicAddress(new Uri("https://deals.example.com")))
            .AddSingleton(new LinkKeyRing([new LinkKey("k1", new byte[32])]))
            .AddSingleton<IDealOwners, DealOwners>()
            .AddSingleton<TimeProvider>(Clock)
            .AddSingleton(new EffectWait(TimeProvider.System))
            .AddLogging()
            // Transient, because a restart puts another engine in its place.
            .AddTransient(_ => Engine!.Tables)
            .AddTransient(_ => Engine!.Client)
            .AddTransient(_ => Engine!.Mail)
            .AddTransient<InvoiceService>()
            .AddTransient<IReopenedInvoices, ReopenedInvoices>()
            .AddTransient<LateMessages>()
            .AddTransient<DealSweepServices>()
            .AddTransient<Sweep, ReceivableSweep>()
            .AddTransient<Sweep, ResponseSweep>()
            .AddTransient<Sweep, OtherDealsSweep>();
        more?.Invoke(services);
        _services = services.BuildServiceProvider();
        Engine = NewEngine();
    }

    /// <summary>
    /// When scenarios start unless a test says otherwise: Wednesday, 09:00 in Shanghai, the default company's zone.
    /// </summary>
    public static DateTimeOffset Morning { get; } = new(2026, 11, 4, 1, 0, 0, TimeSpan.Zero);

    /// <summary>Its database.</summary>
    public string File => Path.Combine(_directory.FullName, "workflows.db");

    /// <summary>The policy in force.</summary>
    public Policy Policy { get; }

    /// <summary>The only clock.</summary>
    public VirtualClock Clock { get; }

    /// <summary>The engine.</summary>
    public DurableEngine Engine { get; private set; }

    /// <summary>The way in.</summary>
    public IOrchestrationClient Client => Engine.Client;

    /// <summary>The store.</summary>
    public ITableStore Tables => Engine.Tables;

    /// <summary>Ends any call that hangs.</summary>
    public CancellationToken Bound { get; } = new CancellationTokenSource(TimeSpan.FromMinutes(3)).Token;

    /// <summary>Starts one.</summary>
    /// <param name="change">Makes another policy of the default one.</param>
    /// <param name="start">Null is <see cref="Morning"/>.</param>
    /// <param name="more">Adds services, or puts others in their place.</param>
    /// <param name="steps">Runs the activities of the business otherwise.</param>
    public static async Task<Scenario> StartAsync(
        Func<Policy, Policy>? change = null,
        DateTimeOffset? start = null,
        Action<IServiceCollection>? more = null,
        Func<ActivityDescriptor, ActivityDescriptor>? steps = null)
    {
        var policy = PolicyLoader.Default();
        var scenario = new Scenario(change?.Invoke(policy) ?? policy, start ?? Morning, more, steps);
        await scenario.Engine.StartAsync();
        return scenario;
    }

    /// <summary>Goes on with a database that was kept, on the default policy, from when it stopped.</summary>
    public static async Task<Scenario> ContinueAsync(string database, DateTimeOffset stoppedAt)
    {
        var scenario = new Scenario(PolicyLoader.Default(), stoppedAt, more: null, steps: null);
        System.IO.File.Copy(database, scenario.File);
        await scenario.Engine.StartAsync();
        await scenario.SettleAsync();
        return scenario;
    }

    /// <summary>Stops the engine and keeps what its database holds then.</summary>
    public async Task KeepAsync(string database)
    {
        await Engine.StopAsync();
        System.IO.File.Copy(File, database, overwrite: true);
    }

    /// <summary>Builds a service of the business, as a host would.</summary>
    public T Get<T>() where T : notnull => ActivatorUtilities.GetServiceOrCreateInstance<T>(_services);

    /// <summary>Stops the engine and starts it again on the same file.</summary>
    public async Task RestartAsync()
    {
        await Engine.StopAsync();
        Engine = NewEngine();
        await Engine.StartAsync();
        await SettleAsync();
    }

    /// <summary>Waits, in real time, until nothing is under way and only the clock could change that.</summary>
    public async Task SettleAsync()
    {
        var quiet = 0;
        await Eventually.TrueAsync(
            () => (quiet = Engine.IsAtRest ? quiet + 1 : 0) >= LooksUntilQuiet, "the engine to come to rest");
    }

    /// <summary>Lets time pass, stopping at each timer on the way until what it set off is done.</summary>
    public Task AdvanceAsync(TimeSpan by) => AdvanceToAsync(Clock.GetUtcNow() + by);

    /// <inheritdoc cref="AdvanceAsync"/>
    public async Task AdvanceToAsync(DateTimeOffset moment)
    {
        await SettleAsync();
        // Only durable timers are stops: the engine's own small alarms would be one every few seconds of a year.
        while (Engine.NextTimer is { } next && next <= moment)
        {
            Clock.AdvanceTo(next);
            // Its alarm counts whole milliseconds, so it may ring just after.
            if (Clock.NextTimer is { } alarm && alarm - next < TimeSpan.FromMilliseconds(1))
            {
                Clock.AdvanceTo(alarm);
            }

            await SettleAsync();
        }

        Clock.AdvanceTo(moment);
        await SettleAsync();
    }

    /// <summary>Every mail so far, oldest first.</summary>
    public async Task<IReadOnlyList<SentMail>> MailsAsync()
    {
        var mails = new List<SentMail>();
        string? continuation = null;
        do
        {
            var page = await Engine.Mail.QueryAsync(
                new MailQuery { PageSize = 1000, Continuation = continuation }, Bound);
            foreach (var record in page.Items)
            {
                var mail = await AsDeliveredAsync(record.Mail);
                mails.Add(new SentMail(record.Mail.To, record.Mail.ReplyTo, mail, record));
            }

            continuation = page.Continuation;
        }
        while (continuation is not null);
        mails.Reverse();
        return mails;
    }

    /// <summary>The mails of one sort, oldest first.</summary>
    public async Task<IReadOnlyList<T>> MailsAsync<T>() where T : IMail =>
        [.. (await MailsAsync()).Select(mail => mail.Mail).OfType<T>()];

    /// <summary>Runs one activity as an orchestration would, in a transaction of its own.</summary>
    public async Task<TResult> RunAsync<TActivity, TInput, TResult>(TInput input)
        where TActivity : Activity<TActivity, TInput, TResult>
    {
        var key = Guid.CreateVersion7(Clock.GetUtcNow()).ToString("N");
        SingleStep.Stories[key] = async context => await Activity<TActivity, TInput, TResult>.CallAsync(context, input);
        return await OutcomeAsync<TResult>(key);
    }

    /// <summary>Does a part of what some activity does, in a transaction of its own.</summary>
    public async Task<TResult> InActivityAsync<TResult>(Func<ActivityContext, Task<TResult>> part)
    {
        var key = Guid.CreateVersion7(Clock.GetUtcNow()).ToString("N");
        Part.Parts[key] = async context => await part(context);
        SingleStep.Stories[key] = context => Part.CallAsync(context, key);
        return await OutcomeAsync<TResult>(key);
    }

    /// <inheritdoc cref="InActivityAsync{TResult}"/>
    public Task InActivityAsync(Func<ActivityContext, Task> part) => InActivityAsync(async context =>
    {
        await part(context);
        return Nothing.Value;
    });

    /// <summary>Stops it and removes its file.</summary>
    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync();
        await _services.DisposeAsync();
        _directory.Delete(recursive: true);
    }

    // As its addressee gets it: with the secret of its link.
    private async Task<IMail> AsDeliveredAsync(OutgoingMail stored)
    {
        var mail = _composer.Find(stored.Id);
        return stored.Placeholder is null
            ? mail
            : PlainMailComposer.Read(await Get<ApprovalLinkSecrets>().PutInAsync(stored, Bound), mail.GetType());
    }

    private async Task<TResult> OutcomeAsync<TResult>(string key)
    {
        await SingleStep.ScheduleAsync(Client, key, new ScheduleOptions($"step-{key}"), Bound);
        var state = await Client.WaitForCompletionAsync($"step-{key}", Bound);
        Assert.True(state!.Status == OrchestrationStatus.Completed, state.Failure?.ToString());
        return state.ReadOutput<TResult>()!;
    }

    private DurableEngine NewEngine() => new(
        new EngineOptions { DatabasePath = File, TimeProvider = Clock },
        NewCatalog(),
        _services,
        NullLoggerFactory.Instance);

    private DurableCatalog NewCatalog()
    {
        var business = new DurableCatalog().AddAssembly(typeof(Policy).Assembly);
        var catalog = new DurableCatalog().AddOrchestration<SingleStep>().AddActivity<Part>();
        catalog = business.Orchestrations.Aggregate(catalog, (all, orchestration) => all.Add(orchestration));
        return business.Activities.Aggregate(catalog, (all, step) => all.Add(_steps(step)));
    }

    private sealed class Part : Activity<Part, string, object?>
    {
        public static ConcurrentDictionary<string, Func<ActivityContext, Task<object?>>> Parts { get; } = new();

        public override Task<object?> RunAsync(ActivityContext context, string input) => Parts[input](context);
    }

    private sealed class SingleStep : Orchestration<SingleStep, string, object?>
    {
        public static ConcurrentDictionary<string, Func<OrchestrationContext, Task<object?>>> Stories { get; } = new();

        public override Task<object?> RunAsync(OrchestrationContext context, string input) => Stories[input](context);
    }
}
