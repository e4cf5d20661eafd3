using Azure.Core;
using Microsoft.Extensions.Configuration;
using Workflows.Azure.Mail;
using Workflows.Azure.Storage;
using Workflows.Azure.Tests.Emulator;
using Workflows.Conformance;
using Workflows.Platform;

namespace Workflows.Azure.Tests.Storage;

/// <summary>The storage half of the Azure home, on an account of its own in the emulator.</summary>
internal sealed class StorageHome : IHome
{
    private readonly string _connection;
    private readonly VirtualClock? _clock;

    private StorageHome(string connection, VirtualClock? clock)
    {
        _connection = connection;
        _clock = clock;
        (Tables, Mail) = Open();
    }

    public IOrchestrationClient Client => throw new NotSupportedException("This home keeps rows and mails only.");

    public ITableStore Tables { get; private set; }

    public IMailOutbox Mail { get; private set; }

    public DateTimeOffset Now => (_clock ?? TimeProvider.System).GetUtcNow();

    public static async Task<StorageHome> StartAsync(VirtualClock? clock) =>
        new(await Azurite.NewAccountAsync(), clock);

    public Task AdvanceAsync(TimeSpan by)
    {
        (_clock ?? throw new NotSupportedException("Real time is not waited for.")).Advance(by);
        return Task.CompletedTask;
    }

    public Task JumpAsync(TimeSpan by)
    {
        (_clock ?? throw new NotSupportedException("The real clock is not set.")).Jump(by);
        return Task.CompletedTask;
    }

    public Task RestartAsync(DurableCatalog? catalog = null, TimeSpan downtime = default)
    {
        (Tables, Mail) = Open();
        return Task.CompletedTask;
    }

    public Task CrashAndRestartAsync() => RestartAsync();

    public Task<IHome> StartSecondAsync() => Task.FromResult<IHome>(new StorageHome(_connection, _clock));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public static StorageAccount AccountOf(string connection, Action<ClientOptions>? adjust = null) =>
        StorageAccount.Open(
        new ConfigurationBuilder().AddInMemoryCollection([new(StorageAccount.Connection, connection)]).Build(), adjust);

    private (ITableStore Tables, IMailOutbox Mail) Open()
    {
        var account = AccountOf(_connection);
        var tables = new AzureTableStore(account.Tables);
        return (
            tables,
            new AzureMailOutbox(
                new MailRepository(tables), new MailQueue(account.Queues), _clock ?? TimeProvider.System));
    }
}
