using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Workflows.Platform;
using Workflows.Records;
using Workflows.Tests.Lifecycle;

namespace Workflows.Tests.Histories;

/// <summary>
/// On Azure a step may be lost after any of its writes and is run again: it must come to the same end.
/// </summary>
public sealed partial class RepeatedStepTests
{
    /// <summary>What the guarded tables hold, and what else people read.</summary>
    private static readonly string[] Tables =
        [.. GuardedTables.Names, "Acknowledgements", "Board", "MessageNews", "ReminderDays", "Workload"];

    public static TheoryData<string> Paths => [.. LifecyclePath.All.Select(path => path.Name)];

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Steps_that_are_broken_off_after_each_write_and_run_again_leave_the_same_books_and_mails(
        string name)
    {
        var path = LifecyclePath.All.Single(path => path.Name == name);

        var expected = await OutcomeAsync(path, step => step);
        var repeated = await OutcomeAsync(
            path, step => step with { Type = typeof(BrokenOff<>).MakeGenericType(step.Type) });

        Assert.Equal(expected, repeated);
    }

    private static async Task<IReadOnlyList<string>> OutcomeAsync(
        LifecyclePath path, Func<ActivityDescriptor, ActivityDescriptor> steps)
    {
        await using var deal = await DealScenario.StartAsync(path.Change, steps);
        await path.WalkAsync(deal);
        var lines = (await deal.Scenario.MailsAsync()).Select(mail =>
            $"mail {mail.To} {mail.ReplyTo} {JsonSerializer.Serialize<object>(mail.Mail, DurableJson.Options)}").ToList();
        foreach (var table in Tables)
        {
            await foreach (var row in deal.Scenario.Tables.ReadAllAsync(table, new TableQuery()))
            {
                var values = row.Properties.OrderBy(property => property.Key, StringComparer.Ordinal).Select(property =>
                    string.Create(CultureInfo.InvariantCulture, $"{property.Key}={property.Value}"));
                lines.Add($"{table} {row.PartitionKey} {row.RowKey} {string.Join("; ", values)}");
            }
        }

        return [.. lines.Select(line => OfTheRun().Replace(line, "…")).Order(StringComparer.Ordinal)];
    }

    // Links, their hashes, and the keys of steps differ from file to file.
    [GeneratedRegex("approvals/[A-Za-z0-9_-]+|[0-9A-Fa-f]{32,}|[0-9a-f]{8}-[0-9]+\\|[0-9]+\\|[0-9]+")]
    private static partial Regex OfTheRun();
}
