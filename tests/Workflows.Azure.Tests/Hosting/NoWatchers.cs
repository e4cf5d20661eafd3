using System.Runtime.CompilerServices;

namespace Workflows.Azure.Tests.Hosting;

/// <summary>
/// Each of the many workers of these tests would watch its files of settings for changes; a machine has few watchers.
/// </summary>
internal static class NoWatchers
{
    [ModuleInitializer]
    internal static void Set() =>
        Environment.SetEnvironmentVariable("DOTNET_hostBuilder__reloadConfigOnChange", "false");
}
