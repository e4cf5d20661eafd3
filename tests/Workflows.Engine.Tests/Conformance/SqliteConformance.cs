using Workflows.Conformance;

namespace Workflows.Engine.Tests.Conformance;

// The whole suite, on SQLite.

public sealed class SqliteTableTests() : TableFacts(new SqliteHomeFactory());

public sealed class SqliteTableChangeTests() : TableChangeFacts(new SqliteHomeFactory());

public sealed class SqliteTableLimitTests() : TableLimitFacts(new SqliteHomeFactory());

public sealed class SqliteTableQueryTests() : TableQueryFacts(new SqliteHomeFactory());

public sealed class SqliteMailTests() : MailFacts(new SqliteHomeFactory());

public sealed class SqliteStartTests() : StartFacts(new SqliteHomeFactory());

public sealed class SqliteRestartTests() : RestartFacts(new SqliteHomeFactory());

public sealed class SqlitePurgeTests() : PurgeFacts(new SqliteHomeFactory());

public sealed class SqliteControlTests() : ControlFacts(new SqliteHomeFactory());

public sealed class SqliteQueryTests() : QueryFacts(new SqliteHomeFactory());

public sealed class SqliteProcessTests() : ProcessFacts(new SqliteHomeFactory());

public sealed class SqliteParityTests() : ParityFacts(new SqliteHomeFactory());

public sealed class SqliteClockTests() : ClockFacts(new SqliteHomeFactory());

public sealed class SqliteDivergenceTests() : DivergenceFacts(new SqliteHomeFactory());

public sealed class SqliteVersionTests() : VersionFacts(new SqliteHomeFactory());

public sealed class SqliteContinueAsNewTests() : ContinueAsNewFacts(new SqliteHomeFactory());

public sealed class SqliteReplayTests() : ReplayFacts(new SqliteHomeFactory());

public sealed class SqliteEventTests() : EventFacts(new SqliteHomeFactory());

public sealed class SqliteSubOrchestrationTests() : SubOrchestrationFacts(new SqliteHomeFactory());

public sealed class SqlitePayloadTests() : PayloadFacts(new SqliteHomeFactory());

public sealed class SqliteEventOutcomeTests() : EventOutcomeFacts(new SqliteHomeFactory());

public sealed class SqliteUntakenEventTests() : UntakenEventFacts(new SqliteHomeFactory());

public sealed class SqliteEventWaitTests() : EventWaitFacts(new SqliteHomeFactory());

public sealed class SqliteTimerTests() : TimerFacts(new SqliteHomeFactory());

public sealed class SqliteRetryTests() : RetryFacts(new SqliteHomeFactory());

public sealed class SqliteActivityTests() : ActivityFacts(new SqliteHomeFactory());

public sealed class SqliteActivityWriteTests() : ActivityWriteFacts(new SqliteHomeFactory());

public sealed class SqliteFailureTests() : FailureFacts(new SqliteHomeFactory());

public sealed class SqliteCrashTests() : CrashFacts(new SqliteHomeFactory());
