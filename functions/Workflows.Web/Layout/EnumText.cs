using System.Text;

namespace Workflows.Web.Layout;

/// <summary>Names of states as people read them.</summary>
internal static class EnumText
{
    /// <summary>Such as <c>Pending approval</c> for <c>PendingApproval</c>.</summary>
    public static string Of(Enum value)
    {
        var name = value.ToString();
        var words = new StringBuilder(name.Length + 4).Append(name[0]);
        foreach (var c in name.AsSpan(1))
        {
            if (char.IsUpper(c))
            {
                words.Append(' ');
            }

            words.Append(char.ToLowerInvariant(c));
        }

        return words.ToString();
    }

    /// <summary>The same for the middle of a sentence.</summary>
    public static string Lower(Enum value) => Of(value).ToLowerInvariant();

    /// <summary>A count with its noun, such as <c>1 deal</c> or <c>3 deals</c>.</summary>
    public static string Count(int count, string one, string many) => $"{count} {(count == 1 ? one : many)}";
}
