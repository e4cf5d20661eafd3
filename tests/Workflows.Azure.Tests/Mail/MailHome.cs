using Azure.Storage.Queues;
using Microsoft.Extensions.Logging.Abstractions;
using SendGrid;
using Workflows.Approvals;
using Workflows.Azure.Mail;
using Workflows.Azure.Storage;
using Workflows.Azure.Tests.Emulator;
using Workflows.Azure.Tests.Storage;
using Workflows.Conformance;
using Workflows.Platform;

namespace Workflows.Azure.Tests.Mail;

/// <summary>
/// The mail half of the Azure home: a queue and tables in the emulator, a SendGrid on 127.0.0.1, a virtual clock.
/// </summary>
internal sealed class MailHome : IAsyncDisposable
{
    private readonly string _connection;
    private readonly HttpClient _http;
    private readonly QueueClient _queue;
    private readonly MailQueue _messages;

    private MailHome(string connection, FakeSendGrid sendGrid, string? host, bool isSandbox)
    {
        _connection = connection;
        var account = StorageHome.AccountOf(connection);
        SendGrid = sendGrid;
        Tables = new AzureTableStore(account.Tables);
        Repository = new MailRepository(Tables);
        _queue = account.Queues.GetQueueClient(MailQueue.Name);
        _messages = new MailQueue(account.Queues);
        var outbox = new AzureMailOutbox(Repository, _messages, Clock);
        Outbox = outbox;
        Retries = outbox;
        Settings = new SendGridSettings(
            "key-1", host ?? sendGrid.Host, new MailParty("sales@example.com", "Sales"), isSandbox, EventKey: null);
        _http = SendGridHttpClient.Open();
        Sender = SenderOver(_http);
        Sweep = new MailSweep(Repository, _messages, Clock, NullLogger<MailSweep>.Instance);
        Events = new MailEvents(Repository, NullLogger<MailEvents>.Instance);
    }

    public VirtualClock Clock { get; } = new();

    public FakeSendGrid SendGrid { get; }

    public SendGridSettings Settings { get; }

    public ITableStore Tables { get; }

    public MailRepository Repository { get; }

    public IMailOutbox Outbox { get; }

    public IMailRetries Retries { get; }

    public MailSender Sender { get; }

    public MailSweep Sweep { get; }

    /// <summary>The ring that makes approval links.</summary>
    public static LinkKeyRing Links { get; } = new([new LinkKey("k1", new byte[32])]);

    public MailEvents Events { get; }

    public static async Task<MailHome> StartAsync(string? host = null, bool isSandbox = false) =>
        new(await Azurite.NewAccountAsync(), await FakeSendGrid.StartAsync(), host, isSandbox);

    public static OutgoingMail Mail(string id) => new(
        id, new MailParty("buyer@example.com", "Buyer"), "Your quotation", "text", "<p>html</p>", "quotation", "D-1");

    /// <summary>A sender with a line of its own to SendGrid.</summary>
    public MailSender SenderOver(HttpClient http)
    {
        var client = new SendGridClient(
            http, new SendGridClientOptions { ApiKey = Settings.ApiKey, Host = Settings.Host });
        return new MailSender(
            Repository, _messages, new ApprovalLinkSecrets(Tables, Links),
            new SendGridTransport(client, Settings, Clock), Clock,
            NullLogger<MailSender>.Instance);
    }

    /// <summary>Handles every message that is visible now, as the queue's trigger does.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> DrainAsync()
    {
        var handled = 0;
        while (
            (
                await _queue.ReceiveMessagesAsync(
                    maxMessages: 32, visibilityTimeout: TimeSpan.FromMinutes(10))).Value is { Length: > 0 } messages)
        {
            foreach (var message in messages)
            {
                await Sender.HandleAsync(message.MessageText, CancellationToken.None);
                await _queue.DeleteMessageAsync(message.MessageId, message.PopReceipt);
                handled++;
            }
        }

        return handled;
    }

    /// <summary>Ends the wait for SendGrid's answer: its time is up.</summary>
    public void StopWaiting() => Clock.Advance(SendGridTransport.Timeout);

    /// <summary>The requests to the storage so far.</summary>
    public Task<IReadOnlyList<string>> RequestsAsync() => Azurite.RequestsAsync(_connection);

    /// <summary>Loses every message that is visible now.</summary>
    public async Task LoseMessagesAsync()
    {
        foreach (var message in (await _queue.ReceiveMessagesAsync(maxMessages: 32)).Value)
        {
            await _queue.DeleteMessageAsync(message.MessageId, message.PopReceipt);
        }
    }

    public async Task<MailRecord> ReadAsync(string id) =>
        await Outbox.GetAsync(id) ?? throw new InvalidOperationException($"There is no mail {id}.");

    public async Task<List<string>> ListAsync(MailStatus status) =>
        [.. (await Outbox.QueryAsync(new MailQuery { Status = status })).Items.Select(mail => mail.Mail.Id)];

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await SendGrid.DisposeAsync();
    }
}
