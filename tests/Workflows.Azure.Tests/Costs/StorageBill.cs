using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Workflows.Azure.Tests.Emulator;
using Workflows.Azure.Tests.Story;

namespace Workflows.Azure.Tests.Costs;

/// <summary>
/// What a story asked of its storage, as the emulator logged it: the app's account, and the account of Durable's hub.
/// Left out: what is done once in an account's life, looks into queues that find nothing, and the leases of processes.
/// </summary>
internal sealed partial class StorageBill
{
    private const string OfApp = "app: ";
    private const string OfDurable = "Durable: ";

    private readonly SortedDictionary<string, Requests> _items = new(StringComparer.Ordinal);

    /// <summary>Of the app's own making.</summary>
    public Requests App => Sum(item => item.StartsWith(OfApp, StringComparison.Ordinal));

    /// <summary>Of Durable's making.</summary>
    public Requests Durable => Sum(item => item.StartsWith(OfDurable, StringComparison.Ordinal));

    private Requests Total => Sum(_ => true);

    /// <summary>
    /// Adds up what was asked since the first inquiry came in: what a process asks as it starts is not a deal's.
    /// </summary>
    public static async Task<StorageBill> OfAsync(AzureStory story)
    {
        var bill = new StorageBill();
        foreach (
            var line in (await Azurite.RequestsAsync(story.Connection)).SkipWhile(
                line => !line.Contains("/WebhookInbox", StringComparison.Ordinal)))
        {
            bill.Add(OfApp, line);
        }

        foreach (var line in await Azurite.RequestsAsync(story.HubConnection))
        {
            bill.Add(OfDurable, line);
        }

        return bill;
    }

    /// <summary>The items, the dearest first.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var (name, requests) in _items.OrderByDescending(item => item.Value.Price))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{requests}  {name}");
        }

        return text.Append(
            CultureInfo.InvariantCulture, $"{Total}  together, {Total.Price * 1000:F2} USD for a thousand")
            .ToString();
    }

    private Requests Sum(Func<string, bool> counts) =>
        _items.Where(item => counts(item.Key)).Aggregate(new Requests(), (sum, item) => sum + item.Value);

    private void Add(string who, string line)
    {
        var request = Request().Match(line);
        if (request.Groups["status"].Value == "404" && request.Groups["verb"].Value != "GET")
        {
            // The first write to a table that is not there yet; it is repeated.
            return;
        }

        var (verb, path) = (request.Groups["verb"].Value, request.Groups["path"].Value);
        if (path == "Tables" || path.Contains("poison", StringComparison.Ordinal)
            || path.StartsWith("WorkflowsPartitions", StringComparison.Ordinal)
            // A process looks once at who is on the staff, when the first key comes.
            || path.StartsWith("StaffSeen", StringComparison.Ordinal))
        {
            return;
        }

        if (!char.IsAsciiLetterLower(path[0]))
        {
            Add(
                who + (path == "$batch" ? "batches of rows" : $"{verb} {Table().Match(path).Value}"),
                new Requests(1, 0));
        }
        else if (Messages().Match(path) is { Success: true } queue)
        {
            // A message is put by POST, received by GET, and deleted. Which GET found one the log does not say.
            Add(
                $"{who}queue {queue.Groups["queue"].Value}",
                new Requests(0, verb switch { "POST" => 2, "DELETE" or "PUT" => 1, _ => 0 }));
        }
    }

    private void Add(string name, Requests requests) => _items[name] = _items.GetValueOrDefault(name) + requests;

    [GeneratedRegex("^(?<verb>[A-Z]+) /[^/]+/(?<path>[^? ]+).*?(?<status>[0-9]+)?$")]
    private static partial Regex Request();

    [GeneratedRegex("^(?<queue>[a-z0-9-]+)/messages")]
    private static partial Regex Messages();

    [GeneratedRegex("^[A-Za-z]+")]
    private static partial Regex Table();
}
