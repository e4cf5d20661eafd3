using Workflows.Engine.Instances.Messages;
using Workflows.Engine.Instances.Scheduling;

namespace Workflows.Engine.Tests.Instances.Messages;

public sealed class MailboxTests : EngineFixture
{
    private readonly PendingMessages _pending = new();

    [Fact]
    public void The_first_message_activates_the_instance_and_the_next_ones_wait()
    {
        var mailbox = new Mailbox(Engine.Registry);

        Assert.Equal(PostOutcome.Activates, mailbox.Post(Signal(Urgency.Asked), runHere: false));
        Assert.Equal(PostOutcome.Waits, mailbox.Post(Signal(Urgency.Asked), runHere: false));
        mailbox.MoveTo(_pending);

        Assert.Equal(2, _pending.Count);
    }

    [Fact]
    public void A_more_urgent_message_moves_a_queued_instance_ahead_and_only_its_first_place_counts()
    {
        var mailbox = new Mailbox(Engine.Registry);
        mailbox.Post(Signal(Urgency.Idle), runHere: false);

        Assert.Equal(PostOutcome.MovesAhead, mailbox.Post(Signal(Urgency.Asked), runHere: false));

        Assert.True(mailbox.TryLeaveQueue());
        Assert.False(mailbox.TryLeaveQueue());
        Assert.Equal(PostOutcome.Waits, mailbox.Post(Signal(Urgency.Asked), runHere: false));
    }

    [Fact]
    public void An_instance_rests_only_when_no_message_has_arrived()
    {
        var mailbox = new Mailbox(Engine.Registry);
        mailbox.Post(Signal(Urgency.Asked), runHere: true);

        Assert.False(mailbox.TryRest(leaves: true));
        mailbox.MoveTo(_pending);
        Assert.True(mailbox.TryRest(leaves: false));
        Assert.Equal(PostOutcome.Activates, mailbox.Post(Signal(Urgency.Due), runHere: false));
    }

    [Fact]
    public void An_instance_that_has_left_the_memory_refuses_messages()
    {
        var mailbox = new Mailbox(Engine.Registry);
        mailbox.Post(Signal(Urgency.Asked), runHere: true);
        mailbox.MoveTo(_pending);
        mailbox.TryRest(leaves: true);

        Assert.Equal(PostOutcome.Refused, mailbox.Post(Signal(Urgency.Asked), runHere: false));
        Assert.False(Engine.Registry.IsActive);
    }

    private static EngineSignal Signal(Urgency urgency) => new(SignalKind.Wake, urgency: urgency);
}
