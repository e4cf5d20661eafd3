using Workflows.Engine.History;
using Workflows.Engine.Instances.Messages;
using Workflows.Platform;

namespace Workflows.Engine.Tests.Instances.Messages;

public sealed class PendingMessagesTests
{
    private readonly PendingMessages _pending = new();

    [Fact]
    public void A_batch_has_the_messages_for_the_orchestrator_up_to_the_next_request()
    {
        Add(Event("e1"), Event("e2"), new InstanceOperation(OperationKind.Suspend, "why"), Event("e3"));

        var batch = _pending.HandleBatch(0, static (_, batch) => batch);

        Assert.Equal(["e1", "e2"], batch.Select(IdOf));
        Assert.IsType<InstanceOperation>(_pending.First);
    }

    [Fact]
    public void A_batch_that_the_storage_fails_to_handle_comes_first_again()
    {
        Add(Event("e1"), Event("e2"));

        Assert.Throws<HomeUnavailableException>(() => _pending.HandleBatch<int, int>(
            0, static (_, _) => throw new HomeUnavailableException("Not now.", TimeSpan.FromSeconds(1))));

        Assert.Equal(["e1", "e2"], _pending.HandleBatch(0, static (_, batch) => batch).Select(IdOf));
    }

    [Fact]
    public void Messages_that_are_in_the_inbox_and_pending_are_handled_once_and_in_order_of_the_inbox()
    {
        Add(Event("e2", seq: 2), Event("e9"));

        _pending.MergeInbox([(1, Raised("e1")), (2, Raised("e2"))]);

        Assert.Equal(["e1", "e2", "e9"], _pending.HandleBatch(0, static (_, batch) => batch).Select(IdOf));
        Assert.True(_pending.IsRepeated(Event("e2", seq: 2)));
        Assert.False(_pending.IsRepeated(Event("e3", seq: 3)));
    }

    [Fact]
    public async Task Requests_fail_and_are_removed_and_other_messages_stay()
    {
        var request = new InstanceOperation(OperationKind.Suspend, "why");
        Add(Event("e1"), request, new InstanceOperation(OperationKind.Terminate, "why") { InboxSeq = 7 });

        _pending.FailRequests(new HomeUnavailableException("Not now.", TimeSpan.FromSeconds(1)));

        await Assert.ThrowsAsync<HomeUnavailableException>(() => request.Done);
        Assert.Equal(2, _pending.Count);
    }

    private static EventRaised Raised(string id) => new("approved", null, id);

    private static OrchestratorMessage Event(string id, long seq = 0) => new(Raised(id)) { InboxSeq = seq };

    private static string IdOf(OrchestratorMessage message) => ((EventRaised)message.Message).EventId;

    private void Add(params InstanceMessage[] messages)
    {
        foreach (var message in messages)
        {
            _pending.Add(message);
        }
    }
}
