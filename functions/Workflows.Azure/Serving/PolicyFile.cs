using Workflows.Policies;

namespace Workflows.Azure.Serving;

/// <summary>
/// The policy the app runs under: <c>policy.json</c>, deployed with it, or the file that <c>Workflows__Policy</c>
/// names.
/// </summary>
/// <param name="Policy">Read and checked.</param>
/// <param name="IsBuiltIn">
/// There is no such file. The staff, the addresses and the bank account are samples then.
/// </param>
internal sealed record PolicyFile(Policy Policy, bool IsBuiltIn)
{
    /// <summary>Taken where it lies beside the app and no setting names another.</summary>
    public const string Name = "policy.json";

    /// <param name="setting">A path, from the app's folder on; null or empty if not set.</param>
    /// <param name="folder">The app's.</param>
    /// <exception cref="FormatException">
    /// The policy is not there or not usable; says every error with its path.
    /// </exception>
    public static PolicyFile Read(string? setting, string folder)
    {
        var name = setting is { Length: > 0 } ? setting : Name;
        var path = Path.Combine(folder, name);
        if (!File.Exists(path))
        {
            return setting is { Length: > 0 }
                ? throw new FormatException(
                    $"Workflows__Policy is {setting}, and there is no such file beside the app.")
                : new PolicyFile(PolicyLoader.Default(), IsBuiltIn: true);
        }

        var loaded = PolicyLoader.LoadFile(path);
        return loaded.Policy is { } policy
            ? new PolicyFile(policy, IsBuiltIn: false)
            : throw new FormatException($"The policy {name} is not usable: {string.Join("; ", loaded.Errors)}");
    }
}
