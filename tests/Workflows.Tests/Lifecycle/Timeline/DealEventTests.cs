using System.Text.Json;
using System.Text.Json.Serialization;
using Workflows.Lifecycle.Timeline;
using Workflows.Platform;

namespace Workflows.Tests.Lifecycle.Timeline;

public sealed class DealEventTests
{
    [Fact]
    public void Every_kind_is_stored_under_a_name_of_its_own()
    {
        var stored = Attribute.GetCustomAttributes(typeof(DealEvent), typeof(JsonDerivedTypeAttribute))
            .Cast<JsonDerivedTypeAttribute>().ToList();
        var kinds = typeof(DealEvent).Assembly.GetTypes().Where(type => type.BaseType == typeof(DealEvent));

        Assert.Equal(
            kinds.Select(type => type.Name).Order(), stored.Select(attribute => attribute.DerivedType.Name).Order());
        Assert.Equal(stored.Count, stored.Select(attribute => attribute.TypeDiscriminator).Distinct().Count());
    }

    [Fact]
    public void A_stored_event_reads_back_with_its_values()
    {
        DealEvent sent = new QuotationSent("D-1-Q1", Given.Now);
        var json = JsonSerializer.Serialize(sent, DurableJson.Options);

        Assert.Contains("\"kind\":\"quotation-sent\"", json, StringComparison.Ordinal);
        Assert.Equal(sent, JsonSerializer.Deserialize<DealEvent>(json, DurableJson.Options));
    }
}
