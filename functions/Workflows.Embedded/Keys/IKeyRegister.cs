using Workflows.Web.Hosting.Keys;

namespace Workflows.Embedded.Keys;

/// <summary>The keys of a home, wherever its database is open just now.</summary>
internal interface IKeyRegister : IAsyncDisposable
{
    /// <summary>Makes a key.</summary>
    /// <exception cref="ArgumentException">The name cannot be a staff id.</exception>
    Task<NewApiKey> AddAsync(string name, Role role);

    /// <summary>Every key, oldest first.</summary>
    Task<IReadOnlyList<ApiKey>> ListAsync();

    /// <summary>Revokes the keys of a name, or the one of an id; returns how many.</summary>
    Task<int> RevokeAsync(string idOrName);
}
