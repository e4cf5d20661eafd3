using System.Net;
using System.Text.RegularExpressions;

namespace Workflows.Web.Tests.Hosting.Rows;

/// <summary>How each list is asked for a row, and by what the row is known in it.</summary>
internal static partial class ListedRows
{
    private static readonly Dictionary<string, Func<TradingHome, Task<(string Path, string Mark)>>> Lists = new()
    {
        ["GET /"] = async home => ("/", Link(await home.AssignedAsync())),
        ["GET /ended"] = async home => ("/ended", Link(await home.EndedAsync())),
        ["GET /stages/{stage}"] = async home => ("/stages/Assigned", Link(await home.AssignedAsync())),
        ["GET /api/deals"] = async home => ("/api/deals", await home.AssignedAsync()),
        ["GET /api/approvals"] = async home => ("/api/approvals?limit=200", await AskedAsync(home)),
        ["GET /approvals"] = async home => ("/approvals", Link(await AskedAsync(home))),
        ["GET /api/invoices"] = async home => ("/api/invoices?status=Open", await home.InvoiceAsync()),
        ["GET /receivables"] = async home => ("/receivables?status=Open", Link(await home.OrderedAsync())),
        ["GET /api/receivables/ageing"] = async home =>
        {
            await home.OrderedAsync();
            return ("/api/receivables/ageing", $"\"id\":\"{home.Owner}\"");
        },
        ["GET /api/mails"] = async home => ("/api/mails", $"\"about\":\"{await MailedAsync(home)}\""),
        ["GET /mails"] = async home => ($"/mails?about={await MailedAsync(home)}", "href=\"/mails/D-"),
    };

    /// <summary>Makes a row of the home's present owner.</summary>
    /// <returns>The list's address, and by what the row is known in it.</returns>
    public static Task<(string Path, string Mark)> MakeAsync(string route, TradingHome home) => Lists[route](home);

    /// <summary>Whether a row is on any page of a list.</summary>
    public static async Task<bool> IsListedAsync(HttpClient caller, string path, string mark)
    {
        for (string? next = path; next is not null;)
        {
            using var answer = await caller.GetAsync(next);
            var body = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{next}: {(int)answer.StatusCode} {body}");
            if (body.Contains(mark, StringComparison.Ordinal))
            {
                return true;
            }

            next = Cursor().Match(body) is { Success: true } json
                ? path + (path.Contains('?') ? "&" : "?") + "cursor=" + Uri.EscapeDataString(json.Groups[1].Value)
                : NextPage().Match(body) is { Success: true } page ? WebUtility.HtmlDecode(page.Groups[1].Value)
                : null;
        }

        return false;
    }

    private static async Task<string> AskedAsync(TradingHome home)
    {
        var (deal, _) = await home.AskedAsync();
        await home.DealAsync(deal, found => found.GetProperty("approvals").GetArrayLength() > 0, "the approval");
        return deal;
    }

    private static async Task<string> MailedAsync(TradingHome home)
    {
        var deal = await home.QuotedAsync();
        await home.MailAsync(deal, Offer());
        return deal;
    }

    private static string Link(string deal) => $"href=\"/deals/{deal}\"";

    [GeneratedRegex("\"next\":\"([^\"]+)\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Cursor();

    [GeneratedRegex(
        "<a class=\"button\" href=\"([^\"]*cursor=[^\"]*)\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex NextPage();

    [GeneratedRegex("quotation", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Offer();
}
