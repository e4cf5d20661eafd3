using System.Net;
using System.Text.RegularExpressions;

namespace Workflows.Web.Tests;

/// <summary>A browser without script: it keeps cookies and sends our forms.</summary>
internal sealed partial class Browser(WebHome home) : IDisposable
{
    private readonly HttpClient _client = home.Client(null);

    /// <summary>The session's cookie as it was last set, to be copied elsewhere.</summary>
    public string Session { get; private set; } = "";

    [GeneratedRegex("name=\"_form\" value=\"([^\"]+)\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Token();

    public async Task SignInAsync(string key)
    {
        using var answer = await PostAsync("/sign-in", "/sign-in", ("key", key));
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
    }

    public async Task<HttpResponseMessage> GetAsync(string path)
    {
        var answer = await _client.GetAsync(path);
        Keep(answer);
        return answer;
    }

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => _client.SendAsync(request);

    /// <summary>Sends a form that stands on a page.</summary>
    public async Task<HttpResponseMessage> PostAsync(
        string page, string path, params (string Name, string Value)[] fields)
    {
        var token = WebUtility.HtmlDecode(Token().Match(await _client.GetStringAsync(page)).Groups[1].Value);
        var answer = await _client.PostAsync(path, new FormUrlEncodedContent(fields.Append(("_form", token))
            .Select(field => KeyValuePair.Create(field.Item1, field.Item2))));
        Keep(answer);
        return answer;
    }

    public void Dispose() => _client.Dispose();

    private void Keep(HttpResponseMessage answer)
    {
        if (answer.Headers.TryGetValues("Set-Cookie", out var cookies)
            && cookies.FirstOrDefault(each => each.StartsWith("workflows=", StringComparison.Ordinal)) is { } set
            && set.Split(';')[0] is { Length: > 10 } cookie)
        {
            Session = cookie;
        }
    }
}
