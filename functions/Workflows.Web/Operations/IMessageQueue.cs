namespace Workflows.Web.Operations;

/// <summary>
/// A queue of the home: where a message that was given up can be put in line again. A home registers one for each of
/// its queues, and none when it has none.
/// </summary>
public interface IMessageQueue
{
    /// <summary>Its name, the one that its messages are kept under.</summary>
    string Name { get; }

    /// <summary>
    /// Puts a message at the end of the line. Durable when it returns; its handler may see it twice.
    /// </summary>
    /// <exception cref="Platform.HomeUnavailableException">The queue does not answer.</exception>
    Task PutAsync(string message, CancellationToken cancellation);
}
