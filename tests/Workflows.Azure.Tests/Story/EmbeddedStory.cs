using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Workflows.Approvals;
using Workflows.Conformance;
using Workflows.Engine;
using Workflows.Policies;
using Workflows.Web;
using Workflows.Web.Keys;
using Workflows.Web.Webhooks;

namespace Workflows.Azure.Tests.Story;

/// <summary>The other home: the same business and web layer on the engine. Mails stay in its outbox.</summary>
internal sealed class EmbeddedStory : StoryHome
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("workflows-embedded-");
    private readonly WebApplication _app;

    private EmbeddedStory()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseTestServer();
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Services.AddSingleton(new LinkKeyRing([new LinkKey("1", new byte[32])]));
        builder.Services.AddWorkflowsEngine(
            new EngineOptions { DatabasePath = Path.Combine(_directory.FullName, "home.db"), TimeProvider = Clock });
        builder.Services.AddWorkflowsBusiness(PolicyLoader.Default());
        var web = new WebOptions { PublicAddress = new Uri("http://localhost") };
        web.Webhooks.Sources.Add("standard", new WebhookSourceOptions { Secrets = { "whsec_" + Secret } });
        builder.Services.AddWorkflowsWeb(web);
        _app = builder.Build();
        _app.MapWorkflows();
    }

    public override HttpClient Http => _app.GetTestClient();

    protected override DateTimeOffset? NextTimer => Engine.NextTimer;

    private DurableEngine Engine => _app.Services.GetRequiredService<DurableEngine>();

    public static async Task<EmbeddedStory> StartAsync()
    {
        var story = new EmbeddedStory();
        await story._app.StartAsync();
        await story._app.Services.GetRequiredService<ApiKeys>().EnsureAdminAsync(AdminKey);
        return story;
    }

    public override Task SettleAsync()
    {
        var quiet = 0;
        return Eventually.ValueAsync(
            () => Task.FromResult(quiet = Engine.IsAtRest ? quiet + 1 : 0), times => times >= 3, "the engine to be at rest");
    }

    public override async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _directory.Delete(recursive: true);
    }
}
