using Workflows.Embedded.Demo;
using Workflows.Embedded.Serving;

namespace Workflows.Embedded.Commands;

/// <summary>Serves on real time until it is stopped.</summary>
internal sealed class ServeCommand : ICommand
{
    public const string DefaultDatabase = "workflows.db";

    public static OptionSyntax Database { get; } =
        new("--db", "FILE", "the SQLite file; made if it is not there", HomeSettings.DatabaseSetting);

    public static OptionSyntax SettingsFile { get; } =
        new(
            "--settings", "FILE", "a JSON object of settings by their names, such as {\"WORKFLOWS_URLS\": \"…\"}",
            null);

    public CommandSyntax Syntax { get; } = new(
        "serve",
        [],
        "Serve the console and the API, carry deals, send mails.",
        [
            Database,
            new("--urls", "URLS", $"where to listen; {HomeSettings.DefaultUrl} if not given", HomeSettings.UrlsSetting),
            new("--policy", "FILE", "the policy document; the built-in one if not given", HomeSettings.PolicySetting),
            new("--public-url", "URL", "how people reach it, for the links in mails", HomeSettings.PublicUrlSetting),
            SettingsFile,
        ]);

    public async Task<int> RunAsync(Arguments arguments, Terminal terminal)
    {
        var settings = HomeSettings.From(
            Settings.Read(Syntax.Options, arguments, Settings.Environment(), arguments.Option(SettingsFile.Name)),
            DefaultDatabase);
        if (ClockFile.IsBeside(settings.Database))
        {
            throw new RefusalException(
                ExitCode.Failed,
                $"{settings.Database} lives on the demo's time, which is ahead of the real one. Serve another file, or "
                    + "go on with -- demo --db.");
        }

        await using var home = await Home.StartAsync(settings, TimeProvider.System, new HomeOptions());
        await terminal.Out.WriteAsync(Banner.Of(home));
        await terminal.Out.FlushAsync();
        await home.RunAsync();
        await terminal.Out.WriteLineAsync("Stopped.");
        return ExitCode.Done;
    }
}
