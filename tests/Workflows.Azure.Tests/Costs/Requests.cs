using System.Globalization;
using Microsoft.DurableTask.Hub;

namespace Workflows.Azure.Tests.Costs;

/// <summary>Requests to the storage account, by the service that they are billed for.</summary>
internal readonly record struct Requests(int Tables, int Queues)
{
    // USD per request: LRS, East US, the second half of 2026 (docs/azure.md).
    private const decimal TablePrice = 0.00036m / 10_000;
    private const decimal QueuePrice = 0.004m / 10_000;

    public int Count => Tables + Queues;

    /// <summary>USD.</summary>
    public decimal Price => (Tables * TablePrice) + (Queues * QueuePrice);

    public static Requests operator +(Requests one, Requests other) => new(one.Tables + other.Tables, one.Queues + other.Queues);

    public static Requests operator *(int times, Requests requests) => new(times * requests.Tables, times * requests.Queues);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Count,5} = {Tables,5} T + {Queues,4} Q");

    /// <summary>
    /// What Durable's own storage is asked for each time. Measured on Azurite with DurableTask.AzureStorage 2.9.1 and
    /// DurableTask.Core 3.9.0, payloads below 30,000 characters, histories below 1,000 rows, polls that find nothing left
    /// out; the status that the Functions host reads before an event is from its source.
    /// </summary>
    public static Requests Of(HubOperation operation) => operation switch
    {
        HubOperation.Start => new(6, 3),
        HubOperation.Activity => new(3, 6),
        HubOperation.SubOrchestration => new(6, 6),
        HubOperation.Timer => new(3, 3),
        HubOperation.Event => new(4, 3),
        HubOperation.StatusQuery => new(1, 0),
        HubOperation.Generation => new(0, 0),
        _ => throw new ArgumentOutOfRangeException(nameof(operation)),
    };
}
