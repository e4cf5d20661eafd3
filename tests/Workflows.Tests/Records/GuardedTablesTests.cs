using System.Reflection;
using Workflows.Records;

namespace Workflows.Tests.Records;

public class GuardedTablesTests
{
    [Fact]
    public void Every_guarded_table_is_one_that_a_book_keeps()
    {
        var kept = typeof(GuardedTables).Assembly.GetTypes()
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(field => field is { IsLiteral: true, FieldType.Name: nameof(String) })
            .Select(field => (string)field.GetRawConstantValue()!)
            .ToHashSet();

        Assert.Superset(GuardedTables.Names.ToHashSet(), kept);
    }
}
