using Workflows.Conformance;
using Workflows.Effects;
using Workflows.Platform;
using Workflows.Signals;

namespace Workflows.Tests.Signals;

public sealed class SignalSenderTests
{
    private readonly VirtualClock _clock = new();
    private readonly Switch _switch = new();
    private int _raised;

    [Fact]
    public async Task A_signal_that_shows_is_taken()
    {
        var receipt = await SendAsync(() =>
        {
            _switch.Kept = new Position(["s1"]);
            return RaiseOutcome.Accepted;
        });

        Assert.Equal((SignalOutcome.Taken, _switch.Kept), (receipt.Outcome, receipt.State));
    }

    [Fact]
    public async Task A_signal_that_does_not_show_in_time_is_accepted()
    {
        var receipt = await _clock.PassAsync(SendAsync(() => RaiseOutcome.Accepted));

        Assert.Equal((SignalOutcome.Accepted, _switch.Kept), (receipt.Outcome, receipt.State));
    }

    [Fact]
    public async Task A_signal_that_was_taken_before_is_not_raised_again()
    {
        _switch.Kept = new Position(["s1"]);
        _switch.Refusal = new Stuck();

        var receipt = await SendAsync(() => RaiseOutcome.Accepted);

        Assert.Equal((SignalOutcome.Taken, 0), (receipt.Outcome, _raised));
    }

    [Fact]
    public async Task A_signal_that_cannot_be_taken_is_refused_and_not_raised()
    {
        _switch.Refusal = new Stuck();

        var receipt = await SendAsync(() => RaiseOutcome.Accepted);

        Assert.Equal((SignalOutcome.Refused, new Stuck(), 0), (receipt.Outcome, receipt.Refusal, _raised));
    }

    [Fact]
    public async Task Without_a_state_there_is_nothing_to_signal()
    {
        _switch.Kept = null;

        var receipt = await SendAsync(() => RaiseOutcome.Accepted);

        Assert.Equal((SignalOutcome.NotFound, null, 0), (receipt.Outcome, receipt.State, _raised));
    }

    [Theory]
    [InlineData(RaiseOutcome.NotFound, SignalOutcome.NotFound)]
    [InlineData(RaiseOutcome.TooLate, SignalOutcome.Refused)]
    public async Task Before_it_runs_and_after_it_ended_the_process_has_its_own_answers(
        RaiseOutcome raised, SignalOutcome outcome) =>
        Assert.Equal(outcome, (await SendAsync(() => raised)).Outcome);

    private Task<SignalReceipt<Position>> SendAsync(Func<RaiseOutcome> raise)
    {
        var client = new RaisingClient(() =>
        {
            _raised++;
            return raise();
        });
        var wait = new EffectWait(_clock);
        return new SignalSender<Position, string>(client, wait, _switch)
            .SendAsync("switch-1", _switch.Kept, "on", "s1", wait.Start(), CancellationToken.None);
    }

    private sealed record Stuck : Refusal;

    private sealed record Position(IReadOnlyList<string> Taken);

    private sealed class Switch : ISignalTarget<Position, string>
    {
        public Position? Kept { get; set; } = new([]);

        public Refusal? Refusal { get; set; }

        public ExternalEvent<string> Event { get; } = new("switch-signal");

        public Task<Position?> ReadAsync(string instanceId, CancellationToken cancellation) => Task.FromResult(Kept);

        public Refusal? RefusalOf(Position state, string signal) => Refusal;

        public SignalReceipt<Position>? ReceiptOf(Position state, string signalId) =>
            state.Taken.Contains(signalId) ? SignalReceipt<Position>.Taken(state) : null;

        public SignalReceipt<Position> NotStarted(Position state) => SignalReceipt<Position>.NotFound(state);

        public SignalReceipt<Position> Ended(Position state) => SignalReceipt<Position>.Refused(new Stuck(), state);
    }
}
