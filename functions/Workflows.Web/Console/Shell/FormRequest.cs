using System.Text.Json;
using System.Text.Json.Nodes;
using Workflows.Web.Forms;
using Workflows.Web.Problems;
using Workflows.Web.Requests;

namespace Workflows.Web.Console.Shell;

/// <summary>
/// A form written as the request that a program would send, so that both are read and judged by the same code. Empty
/// fields are left out.
/// </summary>
internal sealed class FormRequest(FormBody form)
{
    private readonly JsonObject _members = [];

    public FormRequest Text(string member, string? field = null) => Put(member, Node(field ?? member));

    /// <summary>A number. One that is none goes in as text, and the reader says what it expects.</summary>
    public FormRequest Number(string member, string? field = null) => Put(member, NumberNode(field ?? member));

    /// <summary>An amount in a currency.</summary>
    public FormRequest Money(string member, string amountField, string currency) => Put(member, MoneyNode(amountField, currency));

    /// <summary>A part that was built by itself; null is left out.</summary>
    public FormRequest Put(string member, JsonNode? node)
    {
        if (node is not null)
        {
            _members[member] = node;
        }

        return this;
    }

    /// <summary>The part that was built so far, to be put into another; null when it is empty.</summary>
    public JsonObject? Part => _members.Count == 0 ? null : _members;

    /// <exception cref="ProblemException">400 or 422, with a pointer to each error.</exception>
    public T Read<T>() where T : notnull => StrictJson.Read<T>(JsonSerializer.SerializeToUtf8Bytes(_members));

    private JsonValue? Node(string field) => form[field] is { Length: > 0 } text ? JsonValue.Create(text) : null;

    private JsonValue? NumberNode(string field)
    {
        var text = form[field];
        return text.Length == 0 ? null
            : IsNumber(text) ? JsonValue.Create(JsonElement.Parse(text))
            : JsonValue.Create(text);
    }

    private JsonObject? MoneyNode(string amountField, string currency) => form[amountField] is { Length: > 0 } amount
        ? new JsonObject { ["amount"] = amount, ["currency"] = currency }
        : null;

    private static bool IsNumber(string text)
    {
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? text : text[..point];
        return whole.Length is > 0 and <= 18 && whole.All(char.IsAsciiDigit) && (whole.Length == 1 || whole[0] != '0')
            && (point < 0 || (text.Length - point is > 1 and <= 20 && text.AsSpan(point + 1).IndexOfAnyExceptInRange('0', '9') < 0));
    }
}
