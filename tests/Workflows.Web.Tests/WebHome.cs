using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Workflows.Approvals;
using Workflows.Engine;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Web.Hosting.Keys;
using Workflows.Web.Hosting.Security;
using Workflows.Web.Inquiries.Webhooks;

namespace Workflows.Web.Tests;

/// <summary>The web layer and the business on a database of their own, behind a real server on a free port.</summary>
public sealed partial class WebHome : IAsyncLifetime
{
    public const string StandardSecret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    public const string AlibabaKey = "123456";
    public const string AlibabaSecret = "test-secret";

    private WebApplication _app = null!;
    private bool _isStopped;

    /// <summary>Holds its database. Another home on the same folder is this one started again.</summary>
    public string Folder { get; init; } = Directory.CreateTempSubdirectory("workflows-web-").FullName;

    /// <summary>The policy it runs under.</summary>
    public Policy Policy { get; init; } = PolicyLoader.Default();

    /// <summary>Changes the options of the web layer before the start.</summary>
    public Action<WebOptions> Configure { get; init; } = _ => { };

    /// <summary>Puts services of the test's own in the place of the usual ones.</summary>
    public Action<IServiceCollection> Replace { get; init; } = _ => { };

    public HttpClient Anonymous { get; private set; } = null!;

    public HttpClient Admin { get; private set; } = null!;

    public Uri Address { get; private set; } = null!;

    public IServiceProvider Services => _app.Services;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseWorkflowsLimits().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting();
        builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddWorkflowsEngine(new EngineOptions { DatabasePath = Path.Combine(Folder, "web.db") });
        builder.Services.AddWorkflowsBusiness(Policy);
        builder.Services.AddSingleton(new LinkKeyRing([new LinkKey("k1", RandomNumberGenerator.GetBytes(32))]));
        var options = Options();
        Configure(options);
        builder.Services.AddWorkflowsWeb(options);
        Replace(builder.Services);
        _app = builder.Build();
        _app.MapWorkflows();
        await _app.StartAsync();
        Address = new Uri(
            _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        Anonymous = Client(null);
        Admin = Client((await Keys.AddAsync("boss", Role.Admin)).Secret);
    }

    /// <summary>Stops serving; the folder stays until the home is disposed of.</summary>
    public async Task StopAsync()
    {
        if (!_isStopped)
        {
            _isStopped = true;
            await _app.StopAsync();
            await _app.DisposeAsync();
        }
    }

    public async Task DisposeAsync()
    {
        await StopAsync();
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    public ApiKeys Keys => Services.GetRequiredService<ApiKeys>();

    public ITableStore Tables => Services.GetRequiredService<ITableStore>();

    /// <summary>
    /// A caller with a fresh key, named after a member of the default policy's staff where the name is one.
    /// </summary>
    public async Task<HttpClient> CallerAsync(string name, Role role) =>
        Client((await Keys.AddAsync(name, role)).Secret);

    /// <summary>The path of the approval link in a mail, as its addressee gets it.</summary>
    public async Task<string> LinkOfAsync(MailRecord record)
    {
        var mail = await Services.GetRequiredService<IMailSecrets>().PutInAsync(record.Mail, CancellationToken.None);
        return ApprovalLink().Match(mail.Text).Value;
    }

    /// <summary>A client that keeps cookies and follows nothing.</summary>
    public HttpClient Client(string? key)
    {
        var client = new HttpClient(
            new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = true })
        { BaseAddress = Address };
        if (key is not null)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }

        return client;
    }

    /// <summary>A delivery signed as Standard Webhooks says.</summary>
    public static HttpRequestMessage Signed(string id, string body, string secret = StandardSecret, long? at = null)
    {
        var timestamp = (at ?? TimeProvider.System.GetUtcNow().ToUnixTimeSeconds())
            .ToString(System.Globalization.CultureInfo.InvariantCulture);
        var key = Convert.FromBase64String(secret["whsec_".Length..]);
        var mac = Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{id}.{timestamp}.{body}")));
        var request = Post("/api/webhooks/standard", body);
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", timestamp);
        request.Headers.Add("webhook-signature", "v1," + mac);
        return request;
    }

    public static HttpRequestMessage Post(string path, string body, string? idempotencyKey = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json")),
        };
        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        return request;
    }

    [GeneratedRegex("/api/approvals/[A-Za-z0-9_-]+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ApprovalLink();

    private static WebOptions Options()
    {
        var options = new WebOptions();
        options.Webhooks.Sources["standard"] = new WebhookSourceOptions { Secrets = { StandardSecret } };
        options.Webhooks.Sources["alibaba"] = new WebhookSourceOptions
        {
            Secrets = { AlibabaSecret },
            AppKey = AlibabaKey,
        };
        options.RateLimits.Anonymous = 10_000;
        options.RateLimits.SignIn = 1_000;
        return options;
    }
}
