using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Workflows.Azure.Durable;
using Workflows.Azure.Inbound;
using Workflows.Azure.Mail;
using Workflows.Azure.Storage;
using Workflows.Lifecycle;
using Workflows.Platform;
using Workflows.Trade;
using Workflows.Web.Operations;

namespace Workflows.Azure.Triggers;

/// <summary>
/// The queues. A message that fails five times goes to the queue's poison queue, which forgets it after a week; so it
/// is copied to a table, and shown in the console.
/// </summary>
public sealed class QueueFunctions(
    InquiryService inquiries, PoisonMessages poison, DurableClient durable, IServiceProvider services,
    ILogger<QueueFunctions> log)
{
    /// <summary>Acts on an inquiry that a webhook brought.</summary>
    [Function("Inbound")]
    public async Task InboundAsync(
        [QueueTrigger(InboundQueue.Name, Connection = StorageAccount.Connection)] string message,
        [DurableClient] DurableTaskClient host,
        CancellationToken stopping)
    {
        durable.Use(host);
        var inbound = JsonSerializer.Deserialize<InboundInquiry>(message, DurableJson.Options)!;
        await inquiries.ReceiveAsync(inbound.Inquiry, inbound.MessageId, StaffId.System, stopping);
    }

    /// <summary>Sends a mail; the message is its id.</summary>
    [Function("Mail")]
    public Task MailAsync(
        [QueueTrigger(MailQueue.Name, Connection = StorageAccount.Connection)] string message,
        CancellationToken stopping) =>
        services.GetRequiredService<MailSender>().HandleAsync(message, stopping);

    /// <summary>Keeps an inquiry that could not be acted on.</summary>
    [Function("InboundPoison")]
    public Task InboundPoisonAsync(
        [QueueTrigger(InboundQueue.Name + StorageQueue.Poison, Connection = StorageAccount.Connection)] string message,
        CancellationToken stopping) =>
        KeepAsync(InboundQueue.Name, message, stopping);

    /// <summary>Keeps the id of a mail that could not be handled.</summary>
    [Function("MailPoison")]
    public Task MailPoisonAsync(
        [QueueTrigger(MailQueue.Name + StorageQueue.Poison, Connection = StorageAccount.Connection)] string message,
        CancellationToken stopping) =>
        KeepAsync(MailQueue.Name, message, stopping);

    private Task KeepAsync(string queue, string message, CancellationToken stopping)
    {
        Log.MessagePoisoned(log, queue);
        return poison.KeepAsync(queue, message, stopping);
    }
}
