using System.Globalization;

namespace Workflows.Benchmarks;

/// <summary>Options of the form <c>--name value</c> and flags of the form <c>--name</c>.</summary>
internal sealed class Arguments(string[] words)
{
    public int Number(string name, int otherwise)
    {
        if (Text(name) is not { } text)
        {
            return otherwise;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw new ArgumentException($"{name} takes a whole number above zero, not '{text}'.");
    }

    public string? Text(string name)
    {
        var at = Array.IndexOf(words, name);
        if (at < 0)
        {
            return null;
        }

        return at + 1 < words.Length ? words[at + 1] : throw new ArgumentException($"{name} takes a value.");
    }

    public bool Flag(string name) => words.Contains(name);
}
