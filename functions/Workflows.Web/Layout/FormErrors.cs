using System.Text;
using Workflows.Web.Hosting.Problems;

namespace Workflows.Web.Layout;

/// <summary>Why a form was not taken, in words.</summary>
internal static class FormErrors
{
    /// <summary>Whether a problem is the sender's to mend in the form; all others are pages of their own.</summary>
    public static bool IsForTheForm(ProblemException problem) => problem.Type.Status is 400 or 409 or 422
        && problem.Type != ProblemType.BadRequest;

    /// <summary>All that is wrong, each with the field's name.</summary>
    public static string Of(ProblemException problem) => problem.Errors is { Count: > 0 } errors
        ? string.Join(" ", errors.Select(error => $"{Field(error.Pointer)}: {error.Detail}"))
        : problem.Detail ?? problem.Type.Title;

    /// <summary>Such as <c>Line 2, list price</c> for <c>/lines/1/listPrice/amount</c>.</summary>
    private static string Field(string pointer)
    {
        var names = new List<string>();
        foreach (var part in pointer.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (int.TryParse(part, out var index))
            {
                names[^1] = $"{names[^1].TrimEnd('s')} {index + 1}";
            }
            else if (part != "amount" || names.Count == 0)
            {
                names.Add(Split(part));
            }
        }

        var field = string.Join(", ", names);
        return field.Length == 0 ? "The form" : char.ToUpperInvariant(field[0]) + field[1..];
    }

    private static string Split(string member)
    {
        var words = new StringBuilder();
        foreach (var c in member)
        {
            if (char.IsUpper(c))
            {
                words.Append(' ');
            }

            words.Append(char.ToLowerInvariant(c));
        }

        return words.ToString();
    }
}
