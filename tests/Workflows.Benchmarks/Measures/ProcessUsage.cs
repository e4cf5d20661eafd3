using System.Diagnostics;
using System.Globalization;

namespace Workflows.Benchmarks.Measures;

/// <summary>What this process has used of the machine.</summary>
internal static class ProcessUsage
{
    /// <summary>Processor time of all threads so far, user and system.</summary>
    public static double CpuSeconds() => Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds;

    /// <summary>The most memory it ever had resident.</summary>
    public static double PeakRssMiB() => OperatingSystem.IsLinux()
        ? StatusKiB("VmHWM:") / 1024.0
        : Process.GetCurrentProcess().PeakWorkingSet64 / 1024.0 / 1024.0;

    /// <summary>What it has resident now.</summary>
    public static double RssMiB() => OperatingSystem.IsLinux()
        ? StatusKiB("VmRSS:") / 1024.0
        : Process.GetCurrentProcess().WorkingSet64 / 1024.0 / 1024.0;

    /// <summary>Time since the operating system started this process.</summary>
    public static TimeSpan SinceStart() =>
        TimeProvider.System.GetLocalNow() - new DateTimeOffset(Process.GetCurrentProcess().StartTime);

    private static long StatusKiB(string name)
    {
        var line = File.ReadLines("/proc/self/status").First(line => line.StartsWith(name, StringComparison.Ordinal));
        var number = line[name.Length..].Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[0];
        return long.Parse(number, CultureInfo.InvariantCulture);
    }
}
