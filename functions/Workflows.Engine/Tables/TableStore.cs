using Workflows.Engine.Storage;
using Workflows.Platform;

namespace Workflows.Engine.Tables;

/// <summary>The tables outside of activities: each call is a transaction of its own.</summary>
internal sealed class TableStore(Database database, EngineOptions options) : ITableStore
{
    public Task<TableRow?> GetAsync(
        string table, string partitionKey, string rowKey, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(new TableTransaction(database, options).Get(table, partitionKey, rowKey));
    }

    public Task<Page<TableRow>> QueryAsync(string table, TableQuery query, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(new TableTransaction(database, options).Query(table, query));
    }

    public async Task<IReadOnlyList<string?>> ExecuteAsync(
        string table, IReadOnlyList<TableOperation> operations, CancellationToken cancellation = default)
    {
        // When a row changed between the check and the write, the operations are checked again on the rows as they are
        // now: either the caller's condition fails, or the write succeeds.
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var transaction = new TableTransaction(database, options);
            var etags = transaction.Execute(table, operations);
            var item = new TableWrite(transaction);
            database.Writer.AddRequest(item);
            if (await item.Task)
            {
                return etags;
            }
        }
    }

    private sealed class TableWrite(TableTransaction transaction) : WriteItem
    {
        private readonly TaskCompletionSource<bool> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<bool> Task => _done.Task;

        public override bool Apply(Connection connection)
        {
            if (transaction.FindConflict(connection) is not null)
            {
                return false;
            }

            transaction.Write(connection);
            return true;
        }

        public override void Committed() => _done.TrySetResult(true);

        public override void Rejected() => _done.TrySetResult(false);

        public override void Failed(Exception exception) => _done.TrySetException(exception);
    }
}

/// <summary>
/// The tables within an activity: its writes are committed with its completion, and its own reads see them.
/// </summary>
internal sealed class ActivityTables(TableTransaction transaction) : ITableStore
{
    public Task<TableRow?> GetAsync(
        string table, string partitionKey, string rowKey, CancellationToken cancellation = default) =>
        Task.FromResult(transaction.Get(table, partitionKey, rowKey));

    public Task<Page<TableRow>> QueryAsync(string table, TableQuery query, CancellationToken cancellation = default) =>
        Task.FromResult(transaction.Query(table, query));

    public Task<IReadOnlyList<string?>> ExecuteAsync(
        string table, IReadOnlyList<TableOperation> operations, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(transaction.Execute(table, operations));
    }
}
