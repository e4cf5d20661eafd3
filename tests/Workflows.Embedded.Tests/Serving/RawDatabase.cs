using SQLitePCL;

namespace Workflows.Embedded.Tests.Serving;

/// <summary>The file as a person with another tool sees it.</summary>
internal static class RawDatabase
{
    /// <summary>A connection of one's own; what it holds when it is disposed of is let go.</summary>
    public static sqlite3 Open(string path)
    {
        Batteries_V2.Init();
        Assert.Equal(raw.SQLITE_OK, raw.sqlite3_open_v2(path, out var connection, raw.SQLITE_OPEN_READWRITE, null));
        return connection;
    }

    public static void Execute(string path, string sql)
    {
        using var connection = Open(path);
        Execute(connection, sql);
    }

    public static void Execute(sqlite3 connection, string sql)
    {
        var result = raw.sqlite3_exec(connection, sql, null, null, out var error);
        Assert.True(result == raw.SQLITE_OK, $"{sql}: {error}");
    }
}
