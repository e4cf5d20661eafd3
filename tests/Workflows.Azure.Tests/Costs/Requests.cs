using System.Globalization;

namespace Workflows.Azure.Tests.Costs;

/// <summary>Requests to the storage account, by the service that they are billed for.</summary>
internal readonly record struct Requests(int Tables, int Queues)
{
    // USD per request: LRS, East US, the second half of 2026 (docs/azure-costs.md).
    private const decimal TablePrice = 0.00036m / 10_000;
    private const decimal QueuePrice = 0.004m / 10_000;

    public int Count => Tables + Queues;

    /// <summary>USD.</summary>
    public decimal Price => (Tables * TablePrice) + (Queues * QueuePrice);

    public static Requests operator +(Requests one, Requests other) =>
        new(one.Tables + other.Tables, one.Queues + other.Queues);

    public static Requests operator *(int times, Requests requests) =>
        new(times * requests.Tables, times * requests.Queues);

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Count,5} = {Tables,5} T + {Queues,4} Q");
}
