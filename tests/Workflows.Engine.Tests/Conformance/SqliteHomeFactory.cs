using Workflows.Conformance;

namespace Workflows.Engine.Tests.Conformance;

/// <summary>Creates <see cref="SqliteHome"/>s. Its traits are the defaults: the contract at its strictest.</summary>
public sealed class SqliteHomeFactory : HomeFactory
{
    /// <inheritdoc/>
    public override Task<IHome> StartAsync(HomeSetup setup) => SqliteHome.StartAsync(setup);
}
