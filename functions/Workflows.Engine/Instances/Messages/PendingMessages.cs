using Workflows.Engine.History;
using Workflows.Platform;

namespace Workflows.Engine.Instances.Messages;

/// <summary>
/// Messages that were taken from the mailbox and are not handled yet, in order. Only the thread that has the instance's
/// turn uses them; while a write is on its way, only the writer's thread does.
/// </summary>
internal sealed class PendingMessages
{
    private const int MaxMessagesPerTurn = 500;

    private readonly List<InstanceMessage> _messages = [];
    private long _readUpTo;

    public int Count => _messages.Count;

    public InstanceMessage First => _messages[0];

    /// <summary>Activities and sub-orchestrations whose completions are pending.</summary>
    public IEnumerable<TaskCompleted> Completions =>
        _messages.OfType<OrchestratorMessage>().Select(message => message.Message).OfType<TaskCompleted>();

    public void Add(InstanceMessage message) => _messages.Add(message);

    public void PutBack(InstanceMessage message) => _messages.Insert(0, message);

    public void PutBack(IEnumerable<InstanceMessage> messages) => _messages.InsertRange(0, messages);

    public void MoveFrom(List<InstanceMessage> arrived)
    {
        if (arrived.Count > 0)
        {
            _messages.AddRange(arrived);
            arrived.Clear();
        }
    }

    public List<InstanceMessage> TakeAll()
    {
        var all = _messages.ToList();
        _messages.Clear();
        return all;
    }

    /// <summary>Handles the first message. When the storage fails meanwhile, the message is the first again.</summary>
    public TResult HandleFirst<TState, TResult>(TState state, Func<TState, InstanceMessage, TResult> handle)
    {
        var first = _messages[0];
        _messages.RemoveAt(0);
        try
        {
            return handle(state, first);
        }
        catch (HomeUnavailableException)
        {
            PutBack(first);
            throw;
        }
    }

    /// <summary>
    /// Handles the messages for the orchestrator that come first, as many as one turn takes. When the storage fails
    /// meanwhile, they are the first again.
    /// </summary>
    public TResult HandleBatch<TState, TResult>(TState state, Func<TState, List<OrchestratorMessage>, TResult> handle)
    {
        var batch = TakeBatch();
        try
        {
            return handle(state, batch);
        }
        catch (HomeUnavailableException)
        {
            PutBack(batch);
            throw;
        }
    }

    /// <summary>
    /// Puts what the inbox table has first; what is pending of it already is the same, and is removed.
    /// </summary>
    public void MergeInbox(List<(long Seq, Message Message)> inbox)
    {
        if (inbox.Count == 0)
        {
            return;
        }

        var last = inbox[^1].Seq;
        _messages.RemoveAll(message => message.InboxSeq > 0 && message.InboxSeq <= last);
        _messages.InsertRange(0, inbox.Select(one => Loaded(one.Seq, one.Message)));
        _readUpTo = last;
    }

    /// <summary>
    /// Whether it was handed over in memory and was read with the instance as well; the one that was read counts.
    /// </summary>
    public bool IsRepeated(InstanceMessage message) =>
        message is { InboxSeq: > 0, IsLoaded: false } && message.InboxSeq <= _readUpTo;

    /// <summary>Removes what is in the inbox table, and will be read from there again.</summary>
    public void RemoveLoaded() => _messages.RemoveAll(message => message.IsLoaded);

    public void FailRequests(Exception exception) => InstanceMessage.FailRequests(_messages, exception);

    private List<OrchestratorMessage> TakeBatch()
    {
        var batch = new List<OrchestratorMessage>();
        while (batch.Count < _messages.Count && batch.Count < MaxMessagesPerTurn
            && _messages[batch.Count] is OrchestratorMessage message)
        {
            batch.Add(message);
        }

        _messages.RemoveRange(0, batch.Count);
        return batch;
    }

    private static InstanceMessage Loaded(long seq, Message message) => message switch
    {
        Terminate terminate => new InstanceOperation(OperationKind.Terminate, terminate.Reason, terminate.Recursive)
        {
            InboxSeq = seq,
            IsLoaded = true,
        },
        Rewind rewind => new InstanceOperation(OperationKind.Rewind, rewind.Reason) { InboxSeq = seq, IsLoaded = true },
        _ => new OrchestratorMessage(message) { InboxSeq = seq, IsLoaded = true },
    };
}
