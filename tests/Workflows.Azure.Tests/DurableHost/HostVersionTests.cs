using System.Reflection;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using Microsoft.Azure.WebJobs.Extensions.DurableTask;

namespace Workflows.Azure.Tests.DurableHost;

public sealed class HostVersionTests
{
    [Fact]
    public void The_tests_run_on_the_extension_that_the_host_loads_for_the_app()
    {
        var loaded = typeof(Microsoft.Azure.Functions.Worker.DurableClientAttribute).Assembly
            .GetCustomAttribute<ExtensionInformationAttribute>()!;
        var tested = typeof(DurableTaskOptions).Assembly;
        Assert.Equal(tested.GetName().Name, loaded.ExtensionPackage);
        Assert.Equal(
            tested.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0],
            loaded.ExtensionVersion);
    }
}
