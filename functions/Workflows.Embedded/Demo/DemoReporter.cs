using System.Globalization;
using Workflows.Embedded.Commands;
using Workflows.Platform;

namespace Workflows.Embedded.Demo;

/// <summary>Reports on the terminal what happens, a line for each milestone of a deal.</summary>
internal sealed class DemoReporter(Terminal terminal, TimeZoneInfo zone)
{
    private const string Plain = "";
    private const string Dim = "2";
    private const string Good = "32";
    private const string Warn = "33";
    private const string Bad = "31";
    private const string Calm = "36";

    // The server may be busy for a moment; a person should hear of what lasts.
    private const int FailuresUntilTold = 5;

    private readonly Dictionary<string, Reported> _reported = new(StringComparer.Ordinal);
    private int _failures;

    /// <summary>The server answered none of the people again; said once when it does not pass.</summary>
    public async Task TellTroubleAsync(Exception trouble)
    {
        if (++_failures == FailuresUntilTold)
        {
            await terminal.Out.WriteLineAsync($"Nobody can work: {trouble.Message} They keep trying.");
            await terminal.Out.FlushAsync();
        }
    }

    /// <summary>The people work again.</summary>
    public void ForgetTrouble() => _failures = 0;

    /// <summary>Takes a deal's past as known.</summary>
    public void Remember(ApiDeal deal) => _reported[deal.Id] = Reported.Of(deal);

    /// <summary>No more is to be reported of a deal.</summary>
    public void Forget(string id) => _reported.Remove(id);

    /// <summary>Reports what is new since the last time.</summary>
    public async Task ReportAsync(ApiDeal deal, DateTimeOffset now)
    {
        var before = _reported.GetValueOrDefault(deal.Id) ?? new Reported(0, "", []);
        var stage = before.Stage;
        foreach (var line in deal.Timeline.Where(line => line.Number > before.Lines))
        {
            if (line.Stage != stage ? line.Stage is not ("Received" or "Qualified" or "Closed") : IsNews(line.What))
            {
                await WriteAsync(deal, line.When, line.What, ColourOf(line));
            }

            stage = line.Stage;
        }

        foreach (var invoice in deal.Invoices)
        {
            var known = before.Invoices.GetValueOrDefault(invoice.Id);
            foreach (
                var movement in invoice.Movements.Skip(known.Movements).Where(movement => movement.Kind == "Payment"))
            {
                await WriteAsync(
                    deal, now,
                    $"{movement.Amount} received on the "
                        + $"{invoice.Name}{(invoice.Open.Amount > 0 ? $", {invoice.Open} still open" : "")}",
                    Calm);
            }

            if (invoice.DunningLevel is { } level and > 0 && level > (known.Level ?? 0))
            {
                await WriteAsync(deal, now, $"Reminder {level}: {invoice.Open} of the {invoice.Name} is overdue", Warn);
            }
        }

        Remember(deal);
    }

    private static bool IsNews(string what) =>
        what.Contains("approv", StringComparison.OrdinalIgnoreCase)
            || what.StartsWith("Handed over", StringComparison.Ordinal);

    private static string ColourOf(ApiTimelineEntry line) => line.Stage switch
    {
        "Paid" => Good,
        "WrittenOff" or "Cancelled" => Bad,
        "Lost" or "Rejected" => Dim,
        _ when line.What.Contains("approv", StringComparison.OrdinalIgnoreCase) => Warn,
        _ => Plain,
    };

    private Task WriteAsync(ApiDeal deal, DateTimeOffset when, string what, string colour)
    {
        var local = TimeZoneInfo.ConvertTime(when, zone)
            .ToString("ddd dd MMM yyyy HH:mm", CultureInfo.InvariantCulture);
        var buyer = $"{deal.Buyer} ({deal.Inquiry.Buyer.Country ?? "??"})".Shortened(34);
        var text = $"{local}  {deal.Id}  {buyer,-34}  {what}";
        return terminal.Out.WriteLineAsync(terminal.HasColour && colour.Length > 0 ? $"\e[{colour}m{text}\e[0m" : text);
    }

    private sealed record Reported(
        int Lines, string Stage, IReadOnlyDictionary<string, (int Movements, int? Level)> Invoices)
    {
        public Reported(int lines, string stage, (string, (int, int?))[] invoices)
            : this(lines, stage, invoices.ToDictionary(one => one.Item1, one => one.Item2))
        {
        }

        public static Reported Of(ApiDeal deal) => new(
            deal.Timeline.Count == 0 ? 0 : deal.Timeline[^1].Number,
            deal.Timeline.Count == 0 ? "" : deal.Timeline[^1].Stage,
            deal.Invoices.ToDictionary(
                invoice => invoice.Id, invoice => (invoice.Movements.Count, invoice.DunningLevel)));
    }
}
