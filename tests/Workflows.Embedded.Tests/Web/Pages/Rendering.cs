using System.Collections.Concurrent;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Embedded.Tests.Serving;
using Workflows.Embedded.Tests.Web.Mails;
using Workflows.Mails;
using Workflows.Platform;
using Workflows.Web;

namespace Workflows.Embedded.Tests.Web.Pages;

/// <summary>Has a home draw all that it can draw, as it is drawn in its life, and remembers what was drawn.</summary>
internal sealed class Rendering : IComponentActivator
{
    private readonly ConcurrentDictionary<Type, bool> _drawn = [];

    public IComponent CreateInstance(Type componentType)
    {
        _drawn[componentType] = true;
        return (IComponent)Activator.CreateInstance(componentType)!;
    }

    /// <summary>Visits every page as the admin, and sees each of them come from its component.</summary>
    public async Task SeeEveryPageAsync(HttpClient home, IReadOnlyList<PageVisit> pages)
    {
        foreach (var page in pages)
        {
            _drawn.Clear();
            using var request = new HttpRequestMessage(HttpMethod.Get, page.Path);
            request.Headers.Accept.ParseAdd("text/html");
            if (page.Component != "SignInPage")
            {
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", RunningHome.AdminKey);
            }

            using var answer = await home.SendAsync(request);
            var html = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.StatusCode == page.Status, $"{page.Path}: {(int)answer.StatusCode} {html}");
            Assert.EndsWith("</html>", html.TrimEnd(), StringComparison.Ordinal);
            Assert.Contains(page.Component, _drawn.Keys.Select(type => type.Name));
        }

        Assert.Empty(All().Except(pages.Select(page => page.Component)));
    }

    /// <summary>Composes every mail of the business, as its activities do.</summary>
    public static async Task SeeEveryMailAsync(IServiceProvider home)
    {
        var mails = typeof(IMail).Assembly.GetTypes()
            .Where(type => type is { IsAbstract: false } && type.IsAssignableTo(typeof(IMail))).ToList();
        Assert.NotEmpty(mails);
        var (composer, party) = (home.GetRequiredService<IMailComposer>(), new MailParty("anna@example.com", "Anna"));
        foreach (var mail in mails)
        {
            var composed = await composer.ComposeAsync(
                "id", "about", Recipient.Buyer(party), (IMail)HostileSample.Of(mail, 0), party);
            Assert.EndsWith("</html>", composed.Html.TrimEnd(), StringComparison.Ordinal);
        }
    }

    private static IEnumerable<string> All() => typeof(WorkflowsWeb).Assembly.GetTypes()
        .Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(IComponent)))
        .Select(type => type.Name)
        .Where(name => name.EndsWith("Page", StringComparison.Ordinal) && name != "PlainPage");
}
