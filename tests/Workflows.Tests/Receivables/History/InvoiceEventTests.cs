using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Workflows.Platform;
using Workflows.Receivables;
using Workflows.Receivables.History;
using Workflows.Trade;

namespace Workflows.Tests.Receivables.History;

public sealed class InvoiceEventTests
{
    [Fact]
    public void Every_kind_is_stored_under_its_own_name()
    {
        var kinds = typeof(InvoiceEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(InvoiceEvent)));
        var stored = typeof(InvoiceEvent).GetCustomAttributes<JsonDerivedTypeAttribute>();

        Assert.Equal(
            kinds.Select(kind => (kind, StoredName(kind)))
                .OrderBy(kind => kind.kind.Name, StringComparer.Ordinal),
            stored.Select(kind => (kind.DerivedType, (string)kind.TypeDiscriminator!))
                .OrderBy(kind => kind.DerivedType.Name, StringComparer.Ordinal));
    }

    [Fact]
    public void An_entry_is_read_back_as_the_kind_that_was_written()
    {
        var entry = new InvoiceEntry(
            3, StaffId.System, DateTimeOffset.UnixEpoch, InvoiceStatus.Overdue,
            new TurnedOverdue(Given.Usd(1_000), Given.Day("2025-09-30")));

        var json = JsonSerializer.Serialize(entry, DurableJson.Options);

        Assert.Contains("\"kind\":\"turned-overdue\"", json, StringComparison.Ordinal);
        Assert.Equal(entry, JsonSerializer.Deserialize<InvoiceEntry>(json, DurableJson.Options));
    }

    // Deals have a kind of event of that name too, so that the type of the invoices' is longer than what is stored.
    private static string StoredName(Type kind) => kind == typeof(InvoiceOwnerReplaced)
        ? "owner-replaced"
        : JsonNamingPolicy.KebabCaseLower.ConvertName(kind.Name);
}
