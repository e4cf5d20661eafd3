using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Workflows.Embedded.Serving;
using Workflows.Web.Hosting.Keys;

namespace Workflows.Browser.Tests;

/// <summary>The whole product on a port of its own, and a browser to look at it. One per test class.</summary>
public sealed class BrowserHome : IAsyncLifetime
{
    public const string AdminKey = "browser-tests-admin-key";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("workflows-browser-").FullName;
    private Home? _home;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public string Url { get; } = $"http://127.0.0.1:{FreePort()}";

    /// <summary>A program with the administrator's key.</summary>
    public HttpClient Api { get; } = new();

    public async Task InitializeAsync()
    {
        if (Chromium.Path is null)
        {
            return;
        }

        var settings = new HomeSettings(
            Path.Combine(_folder, "workflows.db"), [Url], null, null, AdminKey, new Dictionary<string,
            WebhookSettings>(), null);
        _home = await Home.StartAsync(settings, TimeProvider.System, new HomeOptions());
        Api.BaseAddress = new Uri(Url);
        Api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", AdminKey);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(
            new() { ExecutablePath = Chromium.Path, Args = ["--no-sandbox"] });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        Api.Dispose();
        if (_home is not null)
        {
            await _home.StopAsync();
            await _home.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A window of its own: no cookies from another test.</summary>
    public async Task<IPage> OpenAsync(int width = 1280, int height = 900)
    {
        var context = await _browser!.NewContextAsync(
            new() { BaseURL = Url, ViewportSize = new() { Width = width, Height = height } });
        context.SetDefaultTimeout((float)Timeout.TotalMilliseconds);
        return await context.NewPageAsync();
    }

    /// <summary>A window in which a person has signed in with the administrator's key.</summary>
    public Task<IPage> SignInAsync(int width = 1280, int height = 900) => SignInAsync(AdminKey, width, height);

    /// <summary>A window in which a member of staff has signed in with a key of their own.</summary>
    public async Task<IPage> SignInAsAsync(string staff, Role role)
    {
        var made = await _home!.Services.GetRequiredService<ApiKeys>().AddAsync(staff, role);
        return await SignInAsync(made.Secret, width: 1280, height: 900);
    }

    /// <summary>Takes an inquiry in and waits until a salesperson owns its deal.</summary>
    public async Task<string> TakeInquiryAsync(string name, string company, string message)
    {
        var number = Guid.CreateVersion7().ToString("N");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/inquiries")
        {
            Content = JsonContent.Create(new
            {
                source = "fair",
                message,
                incoterm = "CIF",
                destPort = "Hamburg",
                buyer = new { name, company, email = $"anna@buyer-{number[^12..]}.example", countryISO2 = "DE" },
                products = new[] { new { name = "Centrifugal pump 15 kW", sku = "RF-CP15", qty = 40, unit = "pcs" } },
            }),
        };
        request.Headers.Add("Idempotency-Key", number);
        using var answer = await Api.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        var deal = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("dealId").GetString()!;
        await EventuallyAsync(deal, found => found.GetProperty("stage").GetString() == "Assigned");
        return deal;
    }

    /// <summary>Waits until a deal is so, for a bounded time.</summary>
    public async Task EventuallyAsync(string deal, Func<JsonElement, bool> isSo)
    {
        var since = Stopwatch.GetTimestamp();
        while (true)
        {
            using var answer = await Api.GetAsync($"/api/deals/{deal}");
            if (answer.IsSuccessStatusCode && isSo(await answer.Content.ReadFromJsonAsync<JsonElement>()))
            {
                return;
            }

            Assert.True(Stopwatch.GetElapsedTime(since) < Timeout, $"{deal} did not become what was waited for.");
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }
    }

    private async Task<IPage> SignInAsync(string key, int width, int height)
    {
        var page = await OpenAsync(width, height);
        await page.GotoAsync("/sign-in");
        await page.GetByLabel("API key").FillAsync(key);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.WaitForURLAsync(Url + "/");
        return page;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
