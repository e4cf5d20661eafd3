using System.Net;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Policies;
using Workflows.Web.Hosting.Keys;

namespace Workflows.Web.Tests.Hosting.Sessions;

/// <summary>A session ends for every copy of its cookie.</summary>
public sealed class SessionTests : IAsyncLifetime
{
    private readonly SettableClock _clock = new(TimeProvider.System.GetUtcNow());
    private readonly WebHome _home;

    public SessionTests() => _home = HomeOn(Directory.CreateTempSubdirectory("workflows-sessions-").FullName);

    public Task InitializeAsync() => _home.InitializeAsync();

    public Task DisposeAsync() => _home.DisposeAsync();

    [Fact]
    public async Task Signing_out_ends_every_copy_of_the_cookie()
    {
        using var browser = await SignedInAsync("signs-out");
        var copy = browser.Session;
        Assert.Equal(HttpStatusCode.OK, await StatusOfAsync(_home, copy));

        using var answer = await browser.PostAsync("/", "/sign-out");

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusOfAsync(_home, copy));
    }

    [Fact]
    public async Task Signing_in_again_ends_the_session_before_and_nobody_elses()
    {
        var key = (await _home.Keys.AddAsync("twice", Role.Manager)).Secret;
        using var other = new Browser(_home);
        await other.SignInAsync(key);
        using var browser = new Browser(_home);
        await browser.SignInAsync(key);
        var before = browser.Session;
        using var again = await browser.PostAsync("/", "/sign-in", ("key", key));

        Assert.Equal(HttpStatusCode.SeeOther, again.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusOfAsync(_home, before));
        Assert.Equal(HttpStatusCode.OK, await StatusOfAsync(_home, browser.Session));
        Assert.Equal(HttpStatusCode.OK, await StatusOfAsync(_home, other.Session));
    }

    [Fact]
    public async Task A_session_without_use_ends_after_twelve_hours()
    {
        using var browser = await SignedInAsync("rests");
        _clock.Now += TimeSpan.FromHours(12.1);

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusOfAsync(_home, browser.Session));
    }

    [Fact]
    public async Task A_session_in_use_ends_after_a_day_all_the_same()
    {
        using var browser = await SignedInAsync("never-rests");
        for (var hours = 0; hours < 21; hours += 7)
        {
            _clock.Now += TimeSpan.FromHours(7);
            using var page = await browser.GetAsync("/");
            Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        }

        _clock.Now += TimeSpan.FromHours(3.1);

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusOfAsync(_home, browser.Session));
    }

    [Fact]
    public async Task A_person_who_left_the_policy_is_let_in_no_more_and_the_others_stay()
    {
        var jonas = await _home.Keys.AddAsync("jonas", Role.Sales);
        var guest = await _home.Keys.AddAsync("guest", Role.Sales);
        using var leaver = new Browser(_home);
        await leaver.SignInAsync(jonas.Secret);
        using var stays = new Browser(_home);
        await stays.SignInAsync(guest.Secret);
        await _home.StopAsync();
        var policy = PolicyLoader.Default();
        var home = HomeOn(
            _home.Folder, policy with { Staff = [.. policy.Staff.Where(member => member.Id.Value != "jonas")] });
        await home.InitializeAsync();
        try
        {
            Assert.Equal(HttpStatusCode.OK, await StatusOfAsync(home, stays.Session));
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusOfAsync(home, leaver.Session));
            using var caller = home.Client(jonas.Secret);
            Assert.Equal(HttpStatusCode.Unauthorized, (await caller.GetAsync("/api/deals")).StatusCode);
            using var browser = new Browser(home);
            using var answer = await browser.PostAsync("/sign-in", "/sign-in", ("key", jonas.Secret));
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }
        finally
        {
            await home.StopAsync();
        }
    }

    private WebHome HomeOn(string folder, Policy? policy = null) => new()
    {
        Folder = folder,
        Policy = policy ?? PolicyLoader.Default(),
        Configure = options => options.KeyDirectory = Path.Combine(folder, "sessions"),
        Replace = services => services.PostConfigure<CookieAuthenticationOptions>(
            CookieAuthenticationDefaults.AuthenticationScheme, cookie => cookie.TimeProvider = _clock),
    };

    private async Task<Browser> SignedInAsync(string name)
    {
        var browser = new Browser(_home);
        await browser.SignInAsync((await _home.Keys.AddAsync(name, Role.Manager)).Secret);
        return browser;
    }

    private static async Task<HttpStatusCode> StatusOfAsync(WebHome home, string cookie)
    {
        using var thief = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = home.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/deals") { Headers = { { "Cookie", cookie } } };
        using var answer = await thief.SendAsync(request);
        return answer.StatusCode;
    }

    private sealed class SettableClock(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
