using System.Globalization;
using Workflows.Calendars;
using Workflows.Embedded.Demo;
using Workflows.Embedded.Serving;
using Workflows.Policies;
using Workflows.Web.Hosting.Keys;

namespace Workflows.Embedded.Commands;

/// <summary>Serves on sped-up time, with a world outside that sends inquiries, works and pays over HTTP.</summary>
internal sealed class DemoCommand : ICommand
{
    private const string DefaultDatabase = "demo.db";
    private static readonly TimeSpan WebhookMaxAge = TimeSpan.FromDays(30);

    public CommandSyntax Syntax { get; } = new(
        "demo",
        [],
        "Serve on sped-up time with sample traffic; go on where it was with the same --db.",
        [
            new("--db", "FILE", $"the SQLite file; {DefaultDatabase} if not given", HomeSettings.DatabaseSetting),
            new("--urls", "URLS", $"where to listen; {HomeSettings.DefaultUrl} if not given", HomeSettings.UrlsSetting),
            new("--policy", "FILE", "the policy document; the built-in one if not given", HomeSettings.PolicySetting),
            new("--speed", "FACTOR", "1 passes a working day in four seconds; 2 is twice as fast"),
            new("--seed", "NUMBER", "another number is another market; 1 if not given"),
            new("--minutes", "MINUTES", "stop by itself after so many real minutes"),
        ]);

    public async Task<int> RunAsync(Arguments arguments, Terminal terminal)
    {
        var speed = Number(arguments, "--speed", 1, 0.01, 100);
        var seed = (int)Number(arguments, "--seed", 1, 0, int.MaxValue);
        var minutes = Number(arguments, "--minutes", double.NaN, 0.01, 100_000);
        var settings = HomeSettings.From(
            Settings.Read(Syntax.Options, arguments, Settings.Environment(), file: null), DefaultDatabase);
        if (File.Exists(settings.Database) && !ClockFile.IsBeside(settings.Database))
        {
            throw new RefusalException(
                ExitCode.Failed, $"{settings.Database} lives on real time. Give the demo a file of its own with --db.");
        }

        var policy = PolicyFile.Load(settings.PolicyFile);
        var files = new HomeFiles(settings.Database);
        var keys = DemoKeys.Read(files);
        var clockFile = new ClockFile(settings.Database);
        var start = clockFile.Read() ?? FirstMorning(policy);
        var clock = new BusinessTime(start, start, DayOf(policy, speed), TimeProvider.System);
        using var stop = new CancellationTokenSource();
        var keeping = clockFile.KeepAsync(clock, stop.Token);
        try
        {
            var options = new HomeOptions { LogLevel = LogLevel.Error, WebhookMaxAge = WebhookMaxAge, Sweeps = false };
            await using var home = await Home.StartAsync(settings with { AdminKey = keys.Admin }, clock, options);
            await keys.CompleteAsync(files, policy, home.Services.GetRequiredService<ApiKeys>());
            await GreetAsync(home, keys, start, terminal);
            await LiveAsync(home, keys, seed, clock, minutes, terminal);
        }
        finally
        {
            await stop.CancelAsync();
            await keeping;
            clockFile.Write(clock.GetUtcNow());
        }

        await terminal.Out.WriteLineAsync(
            $"Stopped. -- demo --db {Path.GetRelativePath(".", settings.Database)} goes on from here.");
        return ExitCode.Done;
    }

    private static async Task LiveAsync(
        Home home, DemoKeys keys, int seed, BusinessTime clock, double minutes, Terminal terminal)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false })
        {
            BaseAddress = home.Url,
            Timeout = TimeSpan.FromSeconds(20),
        };
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(home.Stopping);
        if (!double.IsNaN(minutes))
        {
            ending.CancelAfter(TimeSpan.FromMinutes(minutes));
        }

        var policy = home.Policy;
        var reader = ReaderOf(policy).Id.Value;
        var server = new ServerClient(http, keys.Staff, reader);
        var market = new Demo.Inquiries(seed, policy.Scoring.Products, home.Secrets.Webhooks);
        var zone = policy.Company.Zone();
        await new Simulation(
            server,
            market,
            new SimulatedPeople(seed, policy, market),
            new Approvers(server, seed, policy),
            new DemoReporter(terminal, zone),
            clock,
            (from, work) => BusinessCalendar.AddBusinessHours(
                from, (decimal)work.TotalHours, policy.Company.BusinessHours, zone))
            .RunAsync(ending.Token);
        await home.StopAsync();
        await home.RunAsync();
    }

    // The one who sees most of the board: a director everything, a manager the deals of their people.
    private static StaffMember ReaderOf(Policy policy) =>
        policy.Staff.FirstOrDefault(member => member.Role == StaffRole.Director)
        ?? policy.Staff.FirstOrDefault(member => member.Role == StaffRole.Manager)
        ?? policy.Staff[0];

    private static async Task GreetAsync(Home home, DemoKeys keys, DateTimeOffset start, Terminal terminal)
    {
        var day = TimeZoneInfo.ConvertTime(start, home.Policy.Company.Zone())
            .ToString("ddd dd MMM yyyy", CultureInfo.InvariantCulture);
        // Links in mails are their addressees' alone: who wants to decide signs in as one of them.
        var approvers = string.Join("\n", home.Policy.Staff
            .Where(member => member.Role is StaffRole.Manager or StaffRole.Director)
            .Select(member => $"  Decide     {keys.Staff[member.Id.Value]}   {member.Name}, by links in mails"));
        await terminal.Out.WriteLineAsync($"""
              Console    {home.Url.AbsoluteUri.TrimEnd('/')}
              Sign in    {keys.Admin}
            {approvers}
              Database   {home.Settings.Database}
              Time       from {day}, a working day in seconds ({home.Policy.Company.TimeZone})
              Stop       Ctrl-C; the same --db goes on

            """);
        await terminal.Out.FlushAsync();
    }

    private static WorkingDay DayOf(Policy policy, double speed)
    {
        var hours = policy.Company.BusinessHours;
        return WorkingDay.Of(policy.Company.Zone(), hours.Start, hours.End, hours.Days, speed);
    }

    // The market opens at the next opening of business on the real calendar.
    private static DateTimeOffset FirstMorning(Policy policy)
    {
        var zone = policy.Company.Zone();
        var midnight = new DateTimeOffset(
            policy.Company.DayOf(TimeProvider.System.GetUtcNow()).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero)
            - zone.GetUtcOffset(TimeProvider.System.GetUtcNow());
        return BusinessCalendar.AddBusinessHours(midnight, 0, policy.Company.BusinessHours, zone);
    }

    private static double Number(Arguments arguments, string option, double otherwise, double least, double most)
    {
        if (arguments.Option(option) is not { } text)
        {
            return otherwise;
        }

        return double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most
            ? number
            : throw new RefusalException(ExitCode.Usage, $"{option} is a number from {least} to {most}, not '{text}'.");
    }
}
