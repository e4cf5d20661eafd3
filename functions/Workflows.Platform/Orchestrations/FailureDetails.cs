using System.Text.Json.Serialization;

namespace Workflows.Platform;

/// <summary>A failure as histories keep it: readable without the assemblies that threw it.</summary>
/// <param name="Type">Full name of the exception's type.</param>
/// <param name="Message">Its message.</param>
/// <param name="BaseTypes">Full names of its base exception types, nearest first, without System.Object.</param>
/// <param name="Inner">The failure behind it; null at the end of the chain.</param>
/// <param name="Properties">What the exception said of itself in <see cref="Exception.Data"/>, as text.</param>
/// <param name="IsNonRetriable">True where no retry can help: a missing type, a refused id, a result too large.</param>
public sealed record FailureDetails(
    string Type,
    string Message,
    IReadOnlyList<string> BaseTypes,
    FailureDetails? Inner = null,
    IReadOnlyDictionary<string, string?>? Properties = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool IsNonRetriable = false)
{
    /// <summary>
    /// Records an exception with its whole chain of inner ones. Stack traces stay out: they belong to the log.
    /// </summary>
    public static FailureDetails From(Exception exception)
    {
        if (exception is CallFailedException { Failure: { } recorded } task)
        {
            return new(NameOf(task.GetType()), task.Message, BaseTypesOf(task.GetType()), recorded);
        }

        var inner = exception is AggregateException { InnerExceptions: [var only] } ? only : exception.InnerException;
        return new(
            NameOf(exception.GetType()),
            exception.Message,
            BaseTypesOf(exception.GetType()),
            inner is null ? null : From(inner),
            PropertiesOf(exception));
    }

    /// <summary>Whether this failure, not those behind it, is of that exception type or derives from it.</summary>
    public bool IsCausedBy<TException>() where TException : Exception
    {
        var name = NameOf(typeof(TException));
        return Type == name || BaseTypes.Contains(name);
    }

    private static string NameOf(Type type) => type.FullName ?? type.Name;

    private static List<string> BaseTypesOf(Type type)
    {
        var names = new List<string>();
        for (var current = type.BaseType; current is not null && current != typeof(object); current = current.BaseType)
        {
            names.Add(NameOf(current));
        }

        return names;
    }

    private static Dictionary<string, string?>? PropertiesOf(Exception exception)
    {
        if (exception.Data.Count == 0)
        {
            return null;
        }

        var properties = new Dictionary<string, string?>();
        foreach (System.Collections.DictionaryEntry entry in exception.Data)
        {
            // Convert gives an empty text for null, which would be another thing said.
            properties[entry.Key.ToString() ?? ""] = entry.Value is null
                ? null
                : Convert.ToString(entry.Value, System.Globalization.CultureInfo.InvariantCulture);
        }

        return properties;
    }
}
