using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Embedded.Tests.Web.Pages;

namespace Workflows.Azure.Tests.Serving;

/// <summary>
/// All that this home draws, beside whatever the official extensions register, on services that are checked.
/// </summary>
public sealed class RenderingTests(TradedHomeFixture home) : IClassFixture<TradedHomeFixture>
{
    [Theory]
    [InlineData("Development")]
    [InlineData("Production")]
    public async Task Every_page_and_every_mail_is_drawn(string environment)
    {
        var rendering = new Rendering();
        await using var app = await home.StartAsync(environment, "http://localhost:7071", services =>
            services.AddSingleton<IComponentActivator>(rendering).AddScoped<LivesForOneRequest>());
        Assert.Throws<InvalidOperationException>(() => app.Services.GetRequiredService<LivesForOneRequest>());

        using var http = new HttpClient { BaseAddress = app.Inner };
        await rendering.SeeEveryPageAsync(http, home.Traded.Pages);
        await Rendering.SeeEveryMailAsync(app.Services);
    }

    private sealed class LivesForOneRequest;
}
