using Workflows.Engine.Storage;
using Workflows.Platform;

namespace Workflows.Engine.Tests.Storage;

/// <summary>
/// The migration, on scripts that only these tests have after the real ones: no released script has a successor yet.
/// </summary>
public sealed class SchemaTests : EngineFixture
{
    private const string AddColumn = """
        ALTER TABLE mails ADD COLUMN urgency INTEGER NOT NULL DEFAULT 0;
        CREATE TABLE runs (step INTEGER NOT NULL);
        INSERT INTO runs VALUES (2);
        """;

    private const string FillColumn = """
        INSERT INTO runs VALUES (3);
        UPDATE mails SET urgency = 1 WHERE kind = 'approval-request';
        """;

    private static readonly string[] Released = [.. Schema.Scripts()];

    [Fact]
    public async Task C88_files_of_the_last_two_layouts_are_read_and_migrated_once()
    {
        await FillAsync();
        Migrate([.. Released, AddColumn]);
        Migrate([.. Released, AddColumn, FillColumn]);
        Migrate([.. Released, AddColumn, FillColumn]);
        Assert.Equal([2, 3], Numbers("SELECT step FROM runs ORDER BY step"));
        Assert.Equal([1], Numbers("SELECT urgency FROM mails"));

        // The layout before the last one, in one go.
        var older = FilePath + ".older";
        using (var connection = Connection.Open(older, readOnly: false))
        {
            Schema.Migrate(connection, Released);
            Schema.Migrate(connection, [.. Released, AddColumn, FillColumn]);
            Assert.Equal(Released.Length + 2, connection.Use("PRAGMA user_version").ReadLong());
        }
    }

    [Fact]
    public async Task C88_a_migration_that_was_killed_goes_on_where_it_was()
    {
        await FillAsync();
        Assert.Throws<StorageException>(
            () => Migrate([.. Released, AddColumn, FillColumn + "SELECT * FROM not_there;"]));
        Assert.Equal([2], Numbers("SELECT step FROM runs"));
        Assert.Equal([0], Numbers("SELECT urgency FROM mails"));
        Assert.Equal([Released.Length + 1], Numbers("PRAGMA user_version"));

        using var snapshots = new Snapshots(FilePath);
        using (var connection = Connection.Open(FilePath, readOnly: false))
        {
            snapshots.TakeAtEachChange(connection);
            Schema.Migrate(connection, [.. Released, AddColumn, FillColumn]);
        }

        Assert.InRange(snapshots.Files.Count, 3, 10);
        foreach (var killed in snapshots.Files.Append(FilePath))
        {
            using var connection = Connection.Open(killed, readOnly: false);
            Schema.Migrate(connection, [.. Released, AddColumn, FillColumn]);
            Assert.Equal(2, connection.Use("SELECT count(*) FROM runs").ReadLong());
            Assert.Equal(1, connection.Use("SELECT urgency FROM mails").ReadLong());
        }
    }

    private async Task FillAsync()
    {
        await Engine.Mail.EnqueueAsync(new OutgoingMail(
            "m1", new MailParty("a@example.com", "A"), "s", "t", "<p>t</p>", "approval-request", "deal-1"));
        await Engine.StopAsync();
    }

    private void Migrate(string[] scripts)
    {
        using var connection = Connection.Open(FilePath, readOnly: false);
        Schema.Migrate(connection, scripts);
    }

    private List<long> Numbers(string sql)
    {
        using var connection = Connection.Open(FilePath, readOnly: false);
        using var statement = connection.Prepare(sql);
        var numbers = new List<long>();
        while (statement.Read())
        {
            numbers.Add(statement.Long(0));
        }

        return numbers;
    }
}
