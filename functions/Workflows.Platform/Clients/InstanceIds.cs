namespace Workflows.Platform;

/// <summary>The rules of instance ids, the same in both homes.</summary>
public static class InstanceIds
{
    /// <summary>Longest id, in UTF-16 characters.</summary>
    public const int MaxLength = 100;

    /// <summary>Refuses an id that some home could not keep.</summary>
    /// <exception cref="ArgumentException">
    /// It is empty, too long, starts with @, or has a character that is not allowed.
    /// </exception>
    public static void ThrowIfInvalid(string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        if (id.Length > MaxLength || id[0] == '@' || id.Any(c => c is '/' or '\\' or '#' or '?' || char.IsControl(c)))
        {
            throw new ArgumentException(
                "An instance id is 1 to 100 characters, without / \\ # ? and control characters, and does not start "
                    + "with @.",
                nameof(id));
        }
    }
}
