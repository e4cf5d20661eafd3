using Xunit.Abstractions;
using Xunit.Sdk;

[assembly: TestFramework("Workflows.Azure.Tests.Emulator.SkippingTestFramework", "Workflows.Azure.Tests")]

namespace Workflows.Azure.Tests.Emulator;

/// <summary>
/// This machine cannot run the test; the message says why. Facts that are inherited cannot say so by attribute.
/// </summary>
internal sealed class SkipException(string reason) : Exception(reason);

/// <summary>
/// xunit's own framework, except that a test which ends with a <see cref="SkipException"/> was skipped.
/// </summary>
public sealed class SkippingTestFramework(IMessageSink messageSink) : XunitTestFramework(messageSink)
{
    /// <inheritdoc/>
    protected override ITestFrameworkExecutor CreateExecutor(System.Reflection.AssemblyName assemblyName) =>
        new Executor(assemblyName, SourceInformationProvider, DiagnosticMessageSink);

    private sealed class Executor(
        System.Reflection.AssemblyName assembly, ISourceInformationProvider sources, IMessageSink diagnostics)
        : XunitTestFrameworkExecutor(assembly, sources, diagnostics)
    {
        protected override void RunTestCases(
            IEnumerable<IXunitTestCase> testCases, IMessageSink executionMessageSink,
            ITestFrameworkExecutionOptions executionOptions) =>
            base.RunTestCases(testCases, new SkipSink(executionMessageSink), executionOptions);
    }

    internal sealed class SkipSink(IMessageSink inner) : LongLivedMarshalByRefObject, IMessageSink
    {
        public bool OnMessage(IMessageSinkMessage message) => inner.OnMessage(
            message is ITestFailed failed && failed.ExceptionTypes[0] == typeof(SkipException).FullName
                ? new TestSkipped(failed.Test, failed.Messages[0])
                : message);
    }
}
