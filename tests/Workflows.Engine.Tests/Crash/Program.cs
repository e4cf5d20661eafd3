using Workflows.Engine.Tests.Crash;

// The test host does not come this way: only the crash test starts the assembly as a program.
if (args is ["traffic", var path, var first])
{
    await Traffic.RunAsync(path, int.Parse(first, System.Globalization.CultureInfo.InvariantCulture));
}
