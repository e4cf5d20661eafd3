using Workflows.Conformance;

namespace Workflows.Engine.Tests.Conformance;

// The whole suite, on SQLite.

public sealed class SqliteTableTests() : TableFacts(new SqliteHomeFactory());

public sealed class SqliteTableLimitTests() : TableLimitFacts(new SqliteHomeFactory());

public sealed class SqliteTableQueryTests() : TableQueryFacts(new SqliteHomeFactory());

public sealed class SqliteMailTests() : MailFacts(new SqliteHomeFactory());
