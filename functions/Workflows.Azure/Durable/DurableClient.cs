using Microsoft.DurableTask.Client;

namespace Workflows.Azure.Durable;

/// <summary>
/// The host hands a client to functions that ask for one, and to nothing else. Each function that may need it passes it on
/// here; it is the same for the life of the worker.
/// </summary>
public sealed class DurableClient
{
    private DurableTaskClient? _client;

    /// <summary>The client.</summary>
    /// <exception cref="InvalidOperationException">No function has handed one over yet.</exception>
    public DurableTaskClient Current =>
        _client ?? throw new InvalidOperationException("The function that runs does not ask for a [DurableClient].");

    /// <summary>Takes it.</summary>
    public void Use(DurableTaskClient client) => _client = client;
}
