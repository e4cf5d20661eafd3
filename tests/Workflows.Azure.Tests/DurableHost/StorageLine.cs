using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using DurableTask.AzureStorage;

namespace Workflows.Azure.Tests.DurableHost;

/// <summary>The way from one process of the host to its storage. A process that dies reaches it no more.</summary>
internal sealed class StorageLine(string connection) : DelegatingHandler(new SocketsHttpHandler())
{
    private readonly HeldMessages _held = new(connection);
    private int _underWay;
    private volatile bool _isCut;
    private volatile string? _lastRow;

    /// <summary>Whether nothing gets through.</summary>
    public bool IsCut => _isCut;

    /// <summary>From now on nothing gets through, in either direction.</summary>
    public void Cut() => _isCut = true;

    /// <summary>
    /// The same, and what the process holds of queues is handed out again at once, as after its visibility timeout.
    /// </summary>
    public async Task CutAndGiveBackAsync()
    {
        Cut();
        while (Volatile.Read(ref _underWay) > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }

        await _held.GiveBackAsync();
    }

    /// <summary>
    /// Cuts itself before the process's first write of this instance's row: its history, and what it sent, are there by
    /// then.
    /// </summary>
    public void CutBeforeRowOf(string instanceId) => _lastRow = $"Instances(PartitionKey='{instanceId}'";

    /// <summary>A test is over: without its storage a dead process would go on asking for it.</summary>
    public void Restore() => _isCut = false;

    /// <summary>Durable's clients over this line.</summary>
    public StorageAccountClientProvider Open() => new(
        StorageServiceClientProvider.ForBlob(connection, Over(new BlobClientOptions())),
        StorageServiceClientProvider.ForQueue(connection, Over(new QueueClientOptions())),
        StorageServiceClientProvider.ForTable(connection, Over(new TableClientOptions())));

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (_lastRow is { } row
            && request.Method != HttpMethod.Get
            && request.RequestUri!.ToString().Contains(row, StringComparison.Ordinal))
        {
            Cut();
        }

        Interlocked.Increment(ref _underWay);
        try
        {
            ThrowIfCut();
            // To its end, even when nobody waits for it any more: what it received would be nobody's for a minute.
            var response = await base.SendAsync(request, CancellationToken.None);
            await _held.NoteAsync(request, response);
            cancellationToken.ThrowIfCancellationRequested();
            ThrowIfCut();
            return response;
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }

    private TOptions Over<TOptions>(TOptions options) where TOptions : ClientOptions
    {
        options.Transport = new HttpClientTransport(this);
        options.Retry.Delay = TimeSpan.FromMilliseconds(10);
        options.Retry.MaxDelay = TimeSpan.FromMilliseconds(10);
        return options;
    }

    private void ThrowIfCut()
    {
        if (_isCut)
        {
            throw new IOException("The process is dead.");
        }
    }
}
