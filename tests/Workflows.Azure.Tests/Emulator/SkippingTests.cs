using Xunit.Abstractions;
using Xunit.Sdk;

namespace Workflows.Azure.Tests.Emulator;

/// <summary>A test that this machine cannot run counts as skipped, and says why; any other failure stays one.</summary>
public sealed class SkippingTests
{
    private const string Reason = "This machine has no Node.js.";

    [Fact]
    public async Task A_test_that_ends_with_a_SkipException_was_skipped_for_its_reason()
    {
        var skipped = Assert.Single((await RunAsync(nameof(Sample.CannotRunAsync))).OfType<ITestSkipped>());
        Assert.Equal(Reason, skipped.Reason);
    }

    [Fact]
    public async Task A_test_that_ends_with_any_other_exception_has_failed()
    {
        var messages = await RunAsync(nameof(Sample.FailsAsync));
        Assert.Empty(messages.OfType<ITestSkipped>());
        var failed = Assert.Single(messages.OfType<ITestFailed>());
        Assert.Equal(Reason, Assert.Single(failed.Messages));
    }

    [Fact]
    public void The_tests_of_this_assembly_run_under_it() => Assert.Contains(
        typeof(SkippingTests).Assembly.GetCustomAttributesData(),
        attribute => attribute.AttributeType == typeof(TestFrameworkAttribute)
            && attribute.ConstructorArguments[0].Value is string name
            && name == typeof(SkippingTestFramework).FullName);

    /// <summary>Runs a method as xunit runs a test.</summary>
    /// <returns>What comes through the sink.</returns>
    private static async Task<IReadOnlyList<IMessageSinkMessage>> RunAsync(string method)
    {
        var type = Reflector.Wrap(typeof(SkippingTests));
        var assembly = new TestAssembly(Reflector.Wrap(typeof(SkippingTests).Assembly));
        var tests = new TestClass(new TestCollection(assembly, null, "samples"), type);
        // The case of a test that is one; what runs is the sample.
        using var testCase = new XunitTestCase(
            new Kept(),
            TestMethodDisplay.Method,
            TestMethodDisplayOptions.None,
            new TestMethod(
                tests,
                type.GetMethod(
                    nameof(A_test_that_ends_with_any_other_exception_has_failed), includePrivateMethod: false)));
        var kept = new Kept();
        using var stop = new CancellationTokenSource();
        using (var bus = new MessageBus(new SkippingTestFramework.SkipSink(kept)))
        {
            await new XunitTestRunner(
                new XunitTest(testCase, method), bus, typeof(Sample), [], typeof(Sample).GetMethod(method)!, [], null,
                [],
                new ExceptionAggregator(), stop).RunAsync();
        }

        return kept.Messages;
    }

    private sealed class Kept : LongLivedMarshalByRefObject, IMessageSink
    {
        public List<IMessageSinkMessage> Messages { get; } = [];

        public bool OnMessage(IMessageSinkMessage message)
        {
            Messages.Add(message);
            return true;
        }
    }

    private sealed class Sample
    {
        private readonly string _reason = Reason;

        public Task CannotRunAsync() => Task.FromException(new SkipException(_reason));

        public Task FailsAsync() => Task.FromException(new InvalidOperationException(_reason));
    }
}
