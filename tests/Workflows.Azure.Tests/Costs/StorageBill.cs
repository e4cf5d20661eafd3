using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.DurableTask.Hub;
using Workflows.Azure.Durable;
using Workflows.Azure.Tests.Emulator;
using Workflows.Azure.Tests.Story;

namespace Workflows.Azure.Tests.Costs;

/// <summary>
/// What a story cost: the app's requests as the emulator logged them, and Durable's for what its hub was asked to do.
/// Left out: what is done once in an account's life, and polls that find nothing.
/// </summary>
internal sealed partial class StorageBill
{
    private readonly SortedDictionary<string, Requests> _items = new(StringComparer.Ordinal);

    /// <summary>Of the app's own making.</summary>
    public Requests App => Sum(item => item.StartsWith("app: ", StringComparison.Ordinal));

    /// <summary>Of Durable's making.</summary>
    public Requests Durable => Sum(item => item.StartsWith("Durable: ", StringComparison.Ordinal));

    private Requests Total => Sum(_ => true);

    public static async Task<StorageBill> OfAsync(AzureStory story)
    {
        var bill = new StorageBill();
        foreach (var line in await Azurite.RequestsAsync(story.Connection))
        {
            bill.AddOfApp(line);
        }

        foreach (var ((operation, name), times) in story.Hub.Meter.Counts)
        {
            bill.Add(NameOf(operation, name), times * Requests.Of(operation));
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

        return text.Append(CultureInfo.InvariantCulture, $"{Total}  together, {Total.Price * 1000:F2} USD for a thousand").ToString();
    }

    private Requests Sum(Func<string, bool> counts) =>
        _items.Where(item => counts(item.Key)).Aggregate(new Requests(), (sum, item) => sum + item.Value);

    private static string NameOf(HubOperation operation, string name) => operation switch
    {
        HubOperation.Activity when name == OwnFunctions.ReadSignals => "Durable: looks at the table of signals",
        HubOperation.Activity => "Durable: activities",
        _ => $"Durable: {operation}",
    };

    private void AddOfApp(string line)
    {
        var request = Request().Match(line);
        var (verb, path) = (request.Groups["verb"].Value, request.Groups["path"].Value);
        if (path == "Tables" || path.Contains("poison", StringComparison.Ordinal))
        {
            return;
        }

        if (!char.IsAsciiLetterLower(path[0]))
        {
            Add(path == "$batch" ? "app: batches of rows" : $"app: {Table().Match(path).Value}", new Requests(1, 0));
        }
        else if (verb == "POST" && path.EndsWith("/messages", StringComparison.Ordinal))
        {
            // Each message is put, received and deleted.
            Add($"app: queue {path[..path.IndexOf('/', StringComparison.Ordinal)]}", new Requests(0, 3));
        }
    }

    private void Add(string name, Requests requests) => _items[name] = _items.GetValueOrDefault(name) + requests;

    [GeneratedRegex("^(?<verb>[A-Z]+) /[^/]+/(?<path>[^? ]+)")]
    private static partial Regex Request();

    [GeneratedRegex("^[A-Za-z]+")]
    private static partial Regex Table();
}
