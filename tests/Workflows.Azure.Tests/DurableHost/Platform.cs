using Microsoft.Azure.WebJobs.Extensions.DurableTask;
using OperatingSystem = Microsoft.Azure.WebJobs.Extensions.DurableTask.OperatingSystem;

namespace Workflows.Azure.Tests.DurableHost;

// Marked as not meant for the public. Without it the extension reads the environment of the machine.
#pragma warning disable CS0612
/// <summary>
/// What the extension asks of where it runs: a worker of .NET in another process, not on the consumption plan. On an
/// operating system other than Linux, where it would write all its events to the console.
/// </summary>
internal sealed class Platform : IPlatformInformation
{
    public bool IsInConsumptionPlan() => false;

    public bool IsManagedAppEnvironment() => false;

    public OperatingSystem GetOperatingSystem() => OperatingSystem.Windows;

    public WorkerRuntimeType GetWorkerRuntimeType() => WorkerRuntimeType.DotNetIsolated;

    public string? GetLinuxTenant() => null;

    public string? GetLinuxStampName() => null;

    public string? GetContainerName() => null;

    public bool UsesExternalPowerShellSDK() => false;
}
#pragma warning restore CS0612
