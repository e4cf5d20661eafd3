using Microsoft.Extensions.DependencyInjection;
using Workflows.Platform;

namespace Workflows.Tests.Histories;

/// <summary>
/// An activity as a home runs it that loses it again and again: broken off after its first write or mail, then after
/// its second, and so on, with what it wrote kept; then run to its end, and once more, because its completion was
/// lost too.
/// </summary>
internal sealed class BrokenOff<TActivity>(IServiceProvider services) : IActivity where TActivity : IActivity
{
    private readonly TActivity _activity = ActivatorUtilities.CreateInstance<TActivity>(services);

    public Type InputType => _activity.InputType;

    public Type ResultType => _activity.ResultType;

    public async Task<object?> RunAsync(ActivityContext context, object? input)
    {
        for (var effects = 1; ; effects++)
        {
            try
            {
                await _activity.RunAsync(new BreakingContext(context, effects), input);
                return await _activity.RunAsync(context, input);
            }
            catch (BrokenOffException)
            {
                // The next run comes one write further.
            }
        }
    }
}

/// <summary>The home has lost the activity at this point.</summary>
internal sealed class BrokenOffException : Exception;

/// <summary>Breaks an activity off when it has had so many effects.</summary>
internal sealed class BreakingContext(ActivityContext inner, int effects) : ActivityContext, ITableStore, IMailOutbox
{
    private int _left = effects;

    public override string InstanceId => inner.InstanceId;

    public override string Name => inner.Name;

    public override int TaskId => inner.TaskId;

    public override int Attempt => inner.Attempt;

    public override string IdempotencyKey => inner.IdempotencyKey;

    public override DateTimeOffset UtcNow => inner.UtcNow;

    public override ITableStore Tables => this;

    public override IMailOutbox Mail => this;

    public override CancellationToken Stopping => inner.Stopping;

    public Task<TableRow?> GetAsync(string table, string partitionKey, string rowKey, CancellationToken cancellation) =>
        inner.Tables.GetAsync(table, partitionKey, rowKey, cancellation);

    public Task<Page<TableRow>> QueryAsync(string table, TableQuery query, CancellationToken cancellation) =>
        inner.Tables.QueryAsync(table, query, cancellation);

    public async Task<IReadOnlyList<string?>> ExecuteAsync(
        string table, IReadOnlyList<TableOperation> operations, CancellationToken cancellation) =>
        Count(await inner.Tables.ExecuteAsync(table, operations, cancellation));

    public async Task EnqueueAsync(OutgoingMail mail, CancellationToken cancellation)
    {
        await inner.Mail.EnqueueAsync(mail, cancellation);
        Count(mail);
    }

    public Task<MailRecord?> GetAsync(string mailId, CancellationToken cancellation) =>
        inner.Mail.GetAsync(mailId, cancellation);

    public Task<Page<MailRecord>> QueryAsync(MailQuery query, CancellationToken cancellation) =>
        inner.Mail.QueryAsync(query, cancellation);

    private T Count<T>(T result) => --_left == 0 ? throw new BrokenOffException() : result;
}
