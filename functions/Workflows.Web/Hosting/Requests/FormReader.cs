using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using Workflows.Trade;
using Workflows.Web.Hosting.Problems;

namespace Workflows.Web.Hosting.Requests;

/// <summary>
/// Reads a form into a request record, by the grammars and rules by which its JSON is read and with the same errors. A
/// member's field has its name and an empty one is left out. The fields of a record within it stand beside the others,
/// an amount's currency in <c>currency</c>, and those of a list carry the number of their row.
/// </summary>
internal sealed class FormReader
{
    private static readonly Scalar CurrencyCode = Scalars.Find(typeof(Currency))!;
    private static readonly Scalar AmountText = Scalars.Find(typeof(string))!;
    private static readonly RuleAttribute[] AmountRules = [new LineAttribute(64)];

    private readonly FormBody _form;
    private readonly IReadOnlyList<int> _rows;
    private readonly RequestErrors _errors = new();

    private FormReader(FormBody form, IReadOnlyList<int> rows) => (_form, _rows) = (form, rows);

    /// <param name="rows">Rows of the form's list that are filled in.</param>
    /// <exception cref="ProblemException">400 or 422, with a pointer to each error.</exception>
    public static T Read<T>(FormBody form, params IReadOnlyList<int> rows) where T : class
    {
        var reader = new FormReader(form, rows);
        var value = reader.ReadRecord(WebJson.Options.GetTypeInfo(typeof(T)), pointer: "", row: "");
        reader._errors.ThrowIfAny();
        return (T)value!;
    }

    private object? ReadRecord(JsonTypeInfo type, string pointer, string row)
    {
        var arguments = new object?[type.Properties.Count];
        foreach (var member in type.Properties)
        {
            var parameter = member.AssociatedParameter!;
            if (IsSent(member, row))
            {
                arguments[parameter.Position] = ReadMember(member, $"{pointer}/{member.Name}", row);
            }
            else if (member.IsRequired)
            {
                _errors.AddShape($"{pointer}/{member.Name}", ProblemType.MissingMember, "Is missing.");
            }
            else
            {
                arguments[parameter.Position] = parameter.DefaultValue;
            }
        }

        return _errors.Count == 0 ? Activator.CreateInstance(type.Type, arguments) : null;
    }

    private object? ReadMember(JsonPropertyInfo member, string pointer, string row)
    {
        var type = Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType;
        var (text, rules) = (_form[RequestMembers.FieldOf(member) + row], RequestMembers.RulesOf(member));
        if (type == typeof(Money))
        {
            return ReadMoney(text, pointer, rules);
        }

        if (Scalars.Find(type) is { } scalar)
        {
            return _errors.Accepts(scalar, text, pointer, rules) ? scalar.Read(text) : null;
        }

        var structure = WebJson.Options.GetTypeInfo(type);
        return structure.Kind == JsonTypeInfoKind.Enumerable
            ? ReadRows(structure.ElementType!, pointer)
            : ReadRecord(structure, pointer, row);
    }

    private Array ReadRows(Type element, string pointer)
    {
        var elements = Array.CreateInstance(element, _rows.Count);
        var type = WebJson.Options.GetTypeInfo(element);
        for (var i = 0; i < _rows.Count; i++)
        {
            elements.SetValue(ReadRecord(type, $"{pointer}/{i}", _rows[i].ToString(CultureInfo.InvariantCulture)), i);
        }

        return elements;
    }

    private Money? ReadMoney(string amount, string pointer, RuleAttribute[] rules)
    {
        var currency = _form["currency"];
        var areTexts = _errors.Accepts(AmountText, amount, pointer + "/amount", AmountRules)
            & _errors.Accepts(CurrencyCode, currency, pointer + "/currency", []);
        return areTexts && _errors.AcceptsAmount(amount, currency, pointer, rules)
            ? Money.Of(decimal.Parse(amount, CultureInfo.InvariantCulture), currency)
            : null;
    }

    private bool IsSent(JsonPropertyInfo member, string row)
    {
        var type = Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType;
        if (type == typeof(Money) || Scalars.Find(type) is not null)
        {
            return _form[RequestMembers.FieldOf(member) + row].Length > 0;
        }

        var structure = WebJson.Options.GetTypeInfo(type);
        return structure.Kind == JsonTypeInfoKind.Enumerable
            || structure.Properties.Any(inner => IsSent(inner, row));
    }
}
