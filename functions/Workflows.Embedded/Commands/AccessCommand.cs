using Workflows.Embedded.Serving;
using Workflows.Web.Hosting.Rows;

namespace Workflows.Embedded.Commands;

/// <summary>Prints the matrix of rights: route by role, own row or another's.</summary>
internal sealed class AccessCommand : ICommand
{
    public CommandSyntax Syntax { get; } = new(
        "access",
        [],
        "Print who may see and do what on which route, as a Markdown document.",
        [new("--policy", "FILE", "the policy document; the built-in one if not given", HomeSettings.PolicySetting)]);

    public async Task<int> RunAsync(Arguments arguments, Terminal terminal)
    {
        var settings = Settings.Read(Syntax.Options, arguments, Settings.Environment(), file: null);
        var policy = PolicyFile.Load(settings[HomeSettings.PolicySetting]);
        await terminal.Out.WriteAsync(AccessReport.Print(await RouteTable.ReadAsync(policy), policy));
        return ExitCode.Done;
    }
}
