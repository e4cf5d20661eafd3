using Microsoft.Extensions.Logging;
using Workflows.Engine.History;
using Workflows.Platform;

namespace Workflows.Engine.Turns;

/// <summary>What the contexts of orchestrators need of the engine.</summary>
internal sealed record TurnServices(
    DurableCatalog Catalog, Payloads Payloads, ILoggerFactory Logging, Func<long> GetFileId)
{
    public long FileId => GetFileId();
}
