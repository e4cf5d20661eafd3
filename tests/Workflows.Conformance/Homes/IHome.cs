using Workflows.Platform;

namespace Workflows.Conformance;

/// <summary>
/// A running home, as the facts see it: the Platform's contracts, and power over its clock and its life.
/// </summary>
public interface IHome : IAsyncDisposable
{
    /// <summary>The way in.</summary>
    IOrchestrationClient Client { get; }

    /// <summary>The store.</summary>
    ITableStore Tables { get; }

    /// <summary>The outbox.</summary>
    IMailOutbox Mail { get; }

    /// <summary>Time as the home sees it, UTC.</summary>
    DateTimeOffset Now { get; }

    /// <summary>
    /// Waits until nothing goes on any more that can go on without time passing. A home whose work is done in the order
    /// in which it came has nothing to wait for: see <see cref="HomeFacts.RoundAsync"/>.
    /// </summary>
    /// <param name="held">How many activities the fact itself holds back just now.</param>
    Task SettleAsync(int held) => Task.CompletedTask;

    /// <summary>Lets time pass. A home on a real clock waits.</summary>
    Task AdvanceAsync(TimeSpan by);

    /// <summary>Sets the home's wall clock without time passing.</summary>
    Task JumpAsync(TimeSpan by);

    /// <summary>Stops the home in good order and starts it again on the same state.</summary>
    /// <param name="catalog">The code it starts with; null is the code it had.</param>
    /// <param name="downtime">Time that passes while it is stopped.</param>
    Task RestartAsync(DurableCatalog? catalog = null, TimeSpan downtime = default);

    /// <summary>
    /// Stops the home and starts it again as a build of another version; see <see cref="HomeTraits.RoutesVersions"/>.
    /// </summary>
    Task RestartAsync(VersionPolicy versions) =>
        throw new NotSupportedException("This home leaves the routing of versions to what runs it.");

    /// <summary>
    /// Lets the process die where it stands: what was not committed is lost, running activities are not notified and
    /// their results reach nobody. Then a new process starts on what is left.
    /// </summary>
    Task CrashAndRestartAsync();

    /// <summary>Starts another process on the same state while this one runs.</summary>
    /// <exception cref="Exception">A home that allows one process only refuses, and says why.</exception>
    Task<IHome> StartSecondAsync();
}
