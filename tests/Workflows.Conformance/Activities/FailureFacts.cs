using Workflows.Platform;

namespace Workflows.Conformance;

/// <summary>Failures: readable to the last cause, without the assemblies that threw them.</summary>
public abstract class FailureFacts(HomeFactory factory) : HomeFacts(factory)
{
    /// <summary>Row 32.</summary>
    [Fact]
    public virtual async Task C32_a_failed_activity_names_task_type_message_and_cause()
    {
        var step = Step(
            (_, _) => throw new InvalidOperationException("the bank said no", new TimeoutException("no line")));
        var id = await StartAsync(async (context, _) => await context.DoAsync<string>(step));

        var failure = await FailureAsync(id);
        Assert.True(failure.IsCausedBy<CallFailedException>(), failure.Type);
        Assert.Contains(Work.Name, failure.Message, StringComparison.Ordinal);
        Assert.Matches("#[0-9]+", failure.Message);
        Assert.Contains("the bank said no", failure.Message, StringComparison.Ordinal);
        Assert.Equal(
            ("System.InvalidOperationException", "the bank said no"), (failure.Inner!.Type, failure.Inner.Message));
        Assert.Equal(("System.TimeoutException", "no line"), (failure.Inner.Inner!.Type, failure.Inner.Inner.Message));
        Assert.Null(failure.Inner.Inner.Inner);
        Assert.DoesNotContain("   at ", failure.Message + failure.Inner.Message, StringComparison.Ordinal);
    }

    /// <summary>Row 32: what the orchestration catches.</summary>
    [Fact]
    public virtual async Task C32_an_orchestration_can_catch_a_failure_and_go_on()
    {
        var step = Step((_, _) => throw new InvalidOperationException("the bank said no"));
        var id = await StartAsync(async (context, _) =>
        {
            try
            {
                await context.DoAsync<string>(step);
                return "no failure";
            }
            catch (CallFailedException failed) when (failed.Failure.IsCausedBy<InvalidOperationException>())
            {
                return $"{failed.TaskName}: {failed.Failure.Message}, {await Echo.CallAsync(context, "made good")}";
            }
        });
        Assert.Equal("Work: the bank said no, made good", await ResultAsync<string>(id));
    }

    /// <summary>Row 33.</summary>
    [Fact]
    public virtual async Task C33_a_failure_deep_down_is_readable_at_the_client()
    {
        var step = Step((_, _) => throw new InvalidOperationException(
            "outer", new ArgumentException("middle", new FormatException("innermost"))));
        var child = Story(async (context, _) => await context.DoAsync<string>(step));
        var id = await StartAsync(async (context, _) => await context.RunSubAsync<string>(child));

        var chain = new List<string>();
        for (var failure = await FailureAsync(id); failure is not null; failure = failure.Inner)
        {
            chain.Add(failure.Type[(failure.Type.LastIndexOf('.') + 1)..]);
        }

        Assert.Equal(
            [
                "CallFailedException", "CallFailedException", "InvalidOperationException", "ArgumentException",
                "FormatException",
            ],
            chain);
    }

    /// <summary>Row 34.</summary>
    [Fact]
    public virtual async Task C34_a_failure_is_known_by_its_type_and_its_base_types()
    {
        var step = Step((_, _) => throw new BankDownException("down", new FormatException("inside")));
        var id = await StartAsync(async (context, _) => await context.DoAsync<string>(step));

        var cause = (await FailureAsync(id)).Inner!;
        Assert.True(cause.IsCausedBy<BankDownException>());
        Assert.True(cause.IsCausedBy<IOException>());
        Assert.True(cause.IsCausedBy<Exception>());
        Assert.False(cause.IsCausedBy<ArgumentException>());
        Assert.False(cause.IsCausedBy<FormatException>(), "What stands behind it is not the failure itself.");
    }

    /// <summary>Row 35.</summary>
    [Fact]
    public virtual async Task C35_what_an_exception_says_of_itself_is_kept_as_text()
    {
        var step = Step((_, _) =>
        {
            var exception = new BankDownException("down", null);
            exception.Data["bank"] = "First of Ulm";
            exception.Data["tries"] = 3;
            exception.Data["on"] = new DateOnly(2027, 1, 4);
            exception.Data["nobody"] = null;
            throw exception;
        });
        var id = await StartAsync(async (context, _) => await context.DoAsync<string>(step));

        var kept = (await FailureAsync(id)).Inner!.Properties!;
        Assert.Equal("First of Ulm", kept["bank"]);
        Assert.Equal("3", kept["tries"]);
        Assert.Equal("01/04/2027", kept["on"]);
        Assert.True(kept.TryGetValue("nobody", out var nobody));
        Assert.Null(nobody);
    }

    /// <summary>An orchestration's own failure.</summary>
    [Fact]
    public virtual async Task An_orchestration_that_throws_ends_failed_with_its_own_failure()
    {
        var id = await StartAsync(async (context, _) =>
        {
            await Echo.CallAsync(context, "first");
            throw new BankDownException("down", null);
        });

        var failure = await FailureAsync(id);
        Assert.True(failure.IsCausedBy<BankDownException>());
        Assert.Equal("down", failure.Message);
        Assert.Null((await StateAsync(id)).Output);
    }

    /// <summary>An exception of an assembly that the reader does not have.</summary>
    private sealed class BankDownException(string message, Exception? inner) : IOException(message, inner);
}
