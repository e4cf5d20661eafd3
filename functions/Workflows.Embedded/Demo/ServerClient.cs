using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Workflows.Embedded.Demo;

/// <summary>
/// The server as anybody outside reaches it: HTTP with a person's key. A refusal is an answer, not a fault: the world
/// looks and decides again.
/// </summary>
internal sealed class ServerClient(HttpClient http, IReadOnlyDictionary<string, string> keys, string reader)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Who looks at the board.</summary>
    public string Reader { get; } = reader;

    /// <summary>The people who have a key.</summary>
    public IEnumerable<string> Staff => keys.Keys;

    /// <summary>Deals of a stage, all pages.</summary>
    public async Task<List<ApiDealSummary>> DealsAsync(string person, string stage, CancellationToken cancellation)
    {
        var deals = new List<ApiDealSummary>();
        string? cursor = null;
        do
        {
            var next = cursor is null ? "" : "&cursor=" + Uri.EscapeDataString(cursor);
            var page = await GetAsync<ApiList<ApiDealSummary>>(
                person, $"/api/deals?stage={stage}&limit=200{next}", cancellation);
            deals.AddRange(page.Items);
            cursor = page.Next;
        }
        while (cursor is not null);
        return deals;
    }

    public Task<ApiDeal> DealAsync(string person, string id, CancellationToken cancellation) =>
        GetAsync<ApiDeal>(person, $"/api/deals/{Uri.EscapeDataString(id)}", cancellation);

    /// <summary>What waits for a decision.</summary>
    public async Task<IReadOnlyList<ApiApproval>> ApprovalsAsync(string person, CancellationToken cancellation) =>
        (await GetAsync<ApiList<ApiApproval>>(person, "/api/approvals?limit=200", cancellation)).Items;

    /// <summary>A person's own mails about a deal, the newest first.</summary>
    public async Task<IReadOnlyList<ApiMail>> MailsAsync(string person, string deal, CancellationToken cancellation) =>
        (
            await GetAsync<ApiList<ApiMail>>(
                person, $"/api/mails?limit=200&about={Uri.EscapeDataString(deal)}", cancellation)).Items;

    /// <summary>Does something as a person, once under a key.</summary>
    /// <returns>Whether the server took it.</returns>
    public async Task<bool> PostAsync(
        string person, string path, object body, string key, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Post, path)
        { Content = JsonContent.Create(body, options: Json) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", keys[person]);
        request.Headers.Add("Idempotency-Key", key);
        using var response = await http.SendAsync(request, cancellation);
        return response.IsSuccessStatusCode;
    }

    /// <summary>Opens the page of a link as a browser does; null when it asks for nothing any more.</summary>
    public async Task<string?> OpenPageAsync(Uri link, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, link);
        request.Headers.Accept.ParseAdd("text/html");
        using var response = await http.SendAsync(request, cancellation);
        return response.IsSuccessStatusCode ? await response.Content.ReadAsStringAsync(cancellation) : null;
    }

    /// <summary>Sends a page's form as a browser does.</summary>
    public async Task<bool> SubmitAsync(Uri link, Dictionary<string, string> fields, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Post, link)
        { Content = new FormUrlEncodedContent(fields) };
        request.Headers.Add("Origin", link.GetLeftPart(UriPartial.Authority));
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        using var response = await http.SendAsync(request, cancellation);
        return response.StatusCode is HttpStatusCode.SeeOther or HttpStatusCode.OK;
    }

    /// <summary>Delivers a webhook.</summary>
    public async Task<bool> DeliverAsync(HttpRequestMessage webhook, CancellationToken cancellation)
    {
        using var response = await http.SendAsync(webhook, cancellation);
        return response.IsSuccessStatusCode;
    }

    private async Task<T> GetAsync<T>(string person, string path, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", keys[person]);
        using var response = await http.SendAsync(request, cancellation);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<T>(Json, cancellation))!;
    }
}
