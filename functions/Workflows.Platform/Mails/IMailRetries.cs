namespace Workflows.Platform;

/// <summary>Lets a person have a mail sent again that did not go out. Never called by an orchestration.</summary>
public interface IMailRetries
{
    /// <summary>
    /// Queues a mail that failed, or that may have gone out, as one that was never tried. One that may have gone out
    /// may reach its recipient a second time.
    /// </summary>
    /// <returns>False when there is no such mail, or it is neither.</returns>
    Task<bool> SendAgainAsync(string mailId, CancellationToken cancellation = default);
}
