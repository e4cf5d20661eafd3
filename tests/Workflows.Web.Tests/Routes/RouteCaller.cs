using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;

namespace Workflows.Web.Tests.Routes;

/// <summary>Sends the requests of <see cref="RouteCase"/>: a form with the token of a page of the caller's.</summary>
internal static partial class RouteCaller
{
    /// <param name="page">A page that the caller may open, and that has a form.</param>
    public static async Task<HttpResponseMessage> SendAsync(
        TradingHome home, HttpMethod method, HttpClient caller, string page, Call call)
    {
        using var request = await RequestAsync(home, method, caller, page, call);
        return await caller.SendAsync(request);
    }

    private static async Task<HttpRequestMessage> RequestAsync(
        TradingHome home, HttpMethod method, HttpClient caller, string page, Call call)
    {
        if (call.Raw is { } raw)
        {
            return raw;
        }

        var request = new HttpRequestMessage(method, call.Path);
        request.Headers.Add("Idempotency-Key", home.Unique("route-key"));
        if (call.Json is { } json)
        {
            request.Content = new StringContent(json, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        }
        else if (call.Fields is { } fields)
        {
            var submission = Guid.CreateVersion7(TimeProvider.System.GetUtcNow()).ToString("N");
            request.Content = new FormUrlEncodedContent(fields
                .Append(("_form", await TokenAsync(caller, page)))
                .Append(("submission", submission))
                .Select(field => KeyValuePair.Create(field.Item1, field.Item2)));
        }

        return request;
    }

    private static async Task<string> TokenAsync(HttpClient caller, string page) =>
        WebUtility.HtmlDecode(Token().Match(await caller.GetStringAsync(page)).Groups[1].Value);

    [GeneratedRegex("name=\"_form\" value=\"([^\"]+)\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Token();
}
