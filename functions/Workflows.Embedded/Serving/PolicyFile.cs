using Workflows.Embedded.Commands;
using Workflows.Policies;

namespace Workflows.Embedded.Serving;

/// <summary>The policy a home runs under.</summary>
internal static class PolicyFile
{
    /// <summary>Reads it.</summary>
    /// <param name="path">Null is the built-in one.</param>
    /// <exception cref="RefusalException">It cannot be read or is wrong; every error has its path.</exception>
    public static Policy Load(string? path)
    {
        if (path is null)
        {
            return PolicyLoader.Default();
        }

        try
        {
            var result = PolicyLoader.LoadFile(path);
            return result.Policy ?? throw new RefusalException(
                ExitCode.Failed,
                [
                    $"The policy {path} has {result.Errors.Count} error{(result.Errors.Count == 1 ? "" : "s")}:",
                    .. result.Errors.Select(error => "  " + error),
                ]);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RefusalException(ExitCode.Failed, $"The policy cannot be read: {exception.Message}");
        }
    }
}
