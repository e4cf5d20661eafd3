using Workflows.Conformance;

namespace Workflows.Azure.Tests.Conformance;

// The whole suite, through the Durable adapter.

public sealed class DurableStartTests() : StartFacts(new DurableHomeFactory());

public sealed class DurablePurgeTests() : PurgeFacts(new DurableHomeFactory());

public sealed class DurableControlTests() : ControlFacts(new DurableHomeFactory());

public sealed class DurableQueryTests() : QueryFacts(new DurableHomeFactory());

public sealed class DurableClockTests() : ClockFacts(new DurableHomeFactory());

public sealed class DurableEventTests() : EventFacts(new DurableHomeFactory());

public sealed class DurableSubOrchestrationTests() : SubOrchestrationFacts(new DurableHomeFactory());

public sealed class DurablePayloadTests() : PayloadFacts(new DurableHomeFactory());

public sealed class DurableEventOutcomeTests() : EventOutcomeFacts(new DurableHomeFactory());

public sealed class DurableEventWaitTests() : EventWaitFacts(new DurableHomeFactory());

public sealed class DurableUntakenEventTests() : UntakenEventFacts(new DurableHomeFactory());

public sealed class DurableTimerTests() : TimerFacts(new DurableHomeFactory());

public sealed class DurableRetryTests() : RetryFacts(new DurableHomeFactory());

public sealed class DurableActivityTests() : ActivityFacts(new DurableHomeFactory());

public sealed class DurableActivityWriteTests() : ActivityWriteFacts(new DurableHomeFactory());

public sealed class DurableFailureTests() : FailureFacts(new DurableHomeFactory());

public sealed class DurableParityTests() : ParityFacts(new DurableHomeFactory());
