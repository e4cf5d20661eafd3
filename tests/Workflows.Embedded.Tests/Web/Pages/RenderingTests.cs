using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Workflows.Conformance;

namespace Workflows.Embedded.Tests.Web.Pages;

/// <summary>
/// All that this home draws, on services that are checked: none may live longer than what it is made of.
/// </summary>
public sealed partial class RenderingTests
{
    private readonly Rendering _rendering = new();

    [Theory]
    [InlineData("Development")]
    [InlineData("Production")]
    public async Task Every_page_and_every_mail_is_drawn_on_services_that_are_checked(string environment)
    {
        await using var traded = await TradedHome.StartAsync(Adjust);
        Assert.Throws<InvalidOperationException>(() => traded.Home.Services.GetRequiredService<LivesForOneRequest>());
        await _rendering.SeeEveryPageAsync(traded.Home.Http, traded.Pages);
        await Rendering.SeeEveryMailAsync(traded.Home.Services);

        void Adjust(WebApplicationBuilder builder)
        {
            builder.Environment.EnvironmentName = environment;
            builder.Host.UseDefaultServiceProvider(services =>
                (services.ValidateScopes, services.ValidateOnBuild) = (true, true));
            builder.Services.AddSingleton<IComponentActivator>(_rendering).AddScoped<LivesForOneRequest>();
        }
    }

    /// <summary>
    /// Without an action the renderer asks the host for the page's address, and one that draws pages of its own has
    /// another idea of that.
    /// </summary>
    [Fact]
    public void Every_form_says_where_it_is_sent()
    {
        var web = Path.Combine(Sources.Root, "functions", "Workflows.Web");
        var pages = Directory.GetFiles(web, "*.razor", SearchOption.AllDirectories);
        var forms = pages
            .SelectMany(page => Form().Matches(File.ReadAllText(page))
                .Select(form => (Path.GetFileName(page), form.Value)))
            .ToList();
        Assert.NotEmpty(forms);
        Assert.All(forms, form => Assert.Contains(" action=", form.Value, StringComparison.Ordinal));
    }

    [GeneratedRegex("<form[^>]*>", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Form();

    private sealed class LivesForOneRequest;
}
