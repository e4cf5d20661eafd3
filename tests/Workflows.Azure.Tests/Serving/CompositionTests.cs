using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Azure.Serving;
using Workflows.Platform;

namespace Workflows.Azure.Tests.Serving;

/// <summary>What the worker makes for each call is made of the app's services, which are checked.</summary>
public sealed class CompositionTests(TradedHomeFixture home) : IClassFixture<TradedHomeFixture>
{
    [Theory]
    [InlineData("Development")]
    [InlineData("Production")]
    public async Task Every_function_and_every_activity_can_be_made(string environment)
    {
        await using var app = await home.StartAsync(environment, "http://localhost:7071");
        await using var call = app.Services.CreateAsyncScope();
        var functions = typeof(HomeApplication).Assembly.GetTypes().Where(type => !(type.IsAbstract && type.IsSealed)
            && type.GetMethods().Any(method => method.GetCustomAttribute<FunctionAttribute>() is not null)).ToList();
        var catalog = app.Services.GetRequiredService<DurableCatalog>();
        var activities = catalog.Activities.Select(activity => activity.Type).ToList();
        Assert.NotEmpty(functions);
        Assert.NotEmpty(activities);
        Assert.All(
            functions.Concat(activities),
            type => Assert.NotNull(ActivatorUtilities.CreateInstance(call.ServiceProvider, type)));
    }
}
