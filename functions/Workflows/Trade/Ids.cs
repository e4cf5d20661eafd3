using System.Text.Json;
using System.Text.Json.Serialization;

namespace Workflows.Trade;

/// <summary>An id that is its text.</summary>
public interface IId<TSelf> where TSelf : struct, IId<TSelf>
{
    /// <summary>The text.</summary>
    string Value { get; }

    /// <summary>Wraps a text that is known to be such an id.</summary>
    static abstract TSelf Of(string value);
}

/// <summary>A deal: one inquiry and all that follows from it. Also the id of its orchestration instance.</summary>
[JsonConverter(typeof(IdConverter<DealId>))]
public readonly record struct DealId(string Value) : IId<DealId>
{
    /// <inheritdoc/>
    public static DealId Of(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>A buyer's company.</summary>
[JsonConverter(typeof(IdConverter<CustomerId>))]
public readonly record struct CustomerId(string Value) : IId<CustomerId>
{
    /// <inheritdoc/>
    public static CustomerId Of(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>A member of staff, as the policy names them; also the name of their API keys.</summary>
[JsonConverter(typeof(IdConverter<StaffId>))]
public readonly record struct StaffId(string Value) : IId<StaffId>
{
    /// <summary>What the product does by itself: timers, schedules, rules.</summary>
    public static StaffId System { get; } = new("system");

    /// <inheritdoc/>
    public static StaffId Of(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>An invoice, one per instalment. Also the id of its collection's orchestration instance.</summary>
[JsonConverter(typeof(IdConverter<InvoiceId>))]
public readonly record struct InvoiceId(string Value) : IId<InvoiceId>
{
    /// <inheritdoc/>
    public static InvoiceId Of(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>A request for a decision. Also the id of its orchestration instance.</summary>
[JsonConverter(typeof(IdConverter<ApprovalId>))]
public readonly record struct ApprovalId(string Value) : IId<ApprovalId>
{
    /// <inheritdoc/>
    public static ApprovalId Of(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}

/// <summary>Writes an id as its text.</summary>
public sealed class IdConverter<T> : JsonConverter<T> where T : struct, IId<T>
{
    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        T.Of(reader.GetString() ?? throw new JsonException("An id is a text."));

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Value);
}
