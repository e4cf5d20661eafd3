using Microsoft.Extensions.Logging.Abstractions;
using Workflows.Embedded.Commands;
using Workflows.Engine;
using Workflows.Engine.Tables;
using Workflows.Web.Hosting.Keys;

namespace Workflows.Embedded.Keys;

/// <summary>The keys of a home whose server does not run.</summary>
internal sealed class StoredKeys : IKeyRegister
{
    private readonly TableFile _file;
    private readonly ApiKeys _keys;

    /// <exception cref="RefusalException">Something else has the database open.</exception>
    public StoredKeys(string database)
    {
        try
        {
            _file = TableFile.Open(new EngineOptions { DatabasePath = database });
        }
        catch (InvalidOperationException exception)
        {
            throw new RefusalException(
                ExitCode.Failed, exception.Message,
                "If that is a server, it is starting, stopping or does not answer: try again.");
        }

        _keys = new ApiKeys(_file.Tables, TimeProvider.System, NullLogger<ApiKeys>.Instance);
    }

    public Task<NewApiKey> AddAsync(string name, Role role) => _keys.AddAsync(name, role);

    public Task<IReadOnlyList<ApiKey>> ListAsync() => _keys.ListAsync();

    public Task<int> RevokeAsync(string idOrName) => _keys.RevokeAsync(idOrName);

    public ValueTask DisposeAsync()
    {
        _file.Dispose();
        return ValueTask.CompletedTask;
    }
}
