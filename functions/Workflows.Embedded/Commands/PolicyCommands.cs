using Workflows.Embedded.Serving;
using Workflows.Policies;

namespace Workflows.Embedded.Commands;

/// <summary>Reports whether a policy document may be used, and every error it has.</summary>
internal sealed class CheckPolicyCommand : ICommand
{
    public CommandSyntax Syntax { get; } = new(
        "policy check", ["FILE"], "Check a policy document and tell every error with its path.", []);

    public async Task<int> RunAsync(Arguments arguments, Terminal terminal)
    {
        var policy = PolicyFile.Load(arguments.Parameters[0]);
        await terminal.Out.WriteLineAsync(
            $"{arguments.Parameters[0]} is good: version {policy.Version}, {policy.Staff.Count} staff.");
        foreach (var advice in PolicyAdvice.Of(policy, policy.Company.DayOf(TimeProvider.System.GetUtcNow())))
        {
            await terminal.Out.WriteLineAsync($"Look at {advice}");
        }

        return ExitCode.Done;
    }
}

/// <summary>Prints the policy in force, to start one's own from.</summary>
internal sealed class PrintPolicyCommand : ICommand
{
    public CommandSyntax Syntax { get; } = new(
        "policy print",
        [],
        "Print the policy document in force, to start your own from.",
        [new("--policy", "FILE", "the policy document; the built-in one if not given", HomeSettings.PolicySetting)]);

    public async Task<int> RunAsync(Arguments arguments, Terminal terminal)
    {
        var settings = Settings.Read(Syntax.Options, arguments, Settings.Environment(), file: null);
        await terminal.Out.WriteAsync(PolicyPrinter.Print(PolicyFile.Load(settings[HomeSettings.PolicySetting])));
        return ExitCode.Done;
    }
}
