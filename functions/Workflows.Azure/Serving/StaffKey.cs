using Microsoft.Extensions.Configuration;
using Workflows.Web.Hosting.Keys;

namespace Workflows.Azure.Serving;

/// <summary>
/// A key that one of the staff gets in with: <c>Workflows__Keys__{n}__Name</c>, <c>__Role</c>, <c>__Secret</c>.
/// </summary>
/// <param name="Name">Staff id of its holder.</param>
/// <param name="Role">What it opens.</param>
/// <param name="Secret">A reference to a key vault where the app is deployed.</param>
internal sealed record StaffKey(string Name, Role Role, string Secret)
{
    /// <exception cref="FormatException">A part is missing or makes no sense; says which.</exception>
    public static IReadOnlyList<StaffKey> ReadAll(IConfigurationSection section) =>
        [.. section.GetChildren().Select(Read)];

    private static StaffKey Read(IConfigurationSection entry)
    {
        return new StaffKey(Required("Name"), RoleOf(Required("Role")), Required("Secret"));

        string Required(string part) =>
            entry[part] is { Length: > 0 } value ? value : throw new FormatException($"{NameOf(part)} is not set.");

        Role RoleOf(string text) =>
            Enum.TryParse<Role>(text, ignoreCase: true, out var role)
                && Enum.IsDefined(role) && !char.IsAsciiDigit(text[0])
            ? role
            : throw new FormatException($"{NameOf("Role")} is one of {string.Join(", ", Enum.GetNames<Role>())}.");

        string NameOf(string part) => $"{entry.Path.Replace(":", "__", StringComparison.Ordinal)}__{part}";
    }
}
