using Microsoft.Extensions.Logging;
using Workflows.Platform;

namespace Workflows.Conformance;

/// <summary>
/// Makes a home with an empty state of its own for each fact. Deriving it is all that a new home has to do.
/// </summary>
public abstract class HomeFactory
{
    /// <summary>Where this home is known to differ from the suite, and why.</summary>
    public virtual HomeTraits Traits { get; } = new();

    /// <summary>Starts a home on an empty state.</summary>
    public abstract Task<IHome> StartAsync(HomeSetup setup);
}

/// <summary>What a fact gives its home.</summary>
/// <param name="Catalog">The code.</param>
/// <param name="Clock">Time; a home that only knows the real clock ignores it.</param>
/// <param name="Logging">Where the home and its orchestrations log to.</param>
public sealed record HomeSetup(DurableCatalog Catalog, VirtualClock Clock, ILoggerFactory Logging);
