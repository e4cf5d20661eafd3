using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Azure.Durable;
using Workflows.Platform;

namespace Workflows.Azure.Tests.Hosting;

/// <summary>The app's functions, held against what the business can run.</summary>
public class FunctionTests
{
    private static readonly DurableCatalog Catalog = new DurableCatalog()
        .AddAssembly(typeof(BusinessServices).Assembly);
    private readonly FunctionsHost _host = new(new ServiceCollection().BuildServiceProvider());

    [Fact]
    public void Every_orchestration_of_the_business_has_its_function_and_no_function_is_without_one() =>
        Assert.Equal(
            Catalog.Orchestrations.Select(orchestration => orchestration.Name).Order(StringComparer.Ordinal),
            _host.NamesOf<OrchestrationTriggerAttribute>().Order(StringComparer.Ordinal));

    [Fact]
    public void Every_activity_of_the_business_has_its_function_and_only_the_adapters_own_are_beside_them()
    {
        string[] own =
        [
            AdapterFunctions.ReadSignals, AdapterFunctions.CloseSignals, AdapterFunctions.SendSignal,
            AdapterFunctions.StartInstance, AdapterFunctions.TakeId, AdapterFunctions.ReadReason,
        ];
        Assert.Equal(
            Catalog.Activities.Select(activity => activity.Name).Concat(own).Order(StringComparer.Ordinal),
            _host.NamesOf<ActivityTriggerAttribute>().Order(StringComparer.Ordinal));
    }

    /// <summary>
    /// The worker finds functions on public methods of public types only, and reads a call's name from its method.
    /// </summary>
    [Fact]
    public void Functions_are_public_and_those_of_the_business_are_named_like_their_methods()
    {
        Assert.All(
            _host.Functions.Values,
            method => Assert.True(method.IsPublic && method.DeclaringType!.IsPublic, method.Name));
        Assert.All(
            Catalog.Activities.Select(activity => activity.Name)
                .Concat(Catalog.Orchestrations.Select(orchestration => orchestration.Name)),
            name => Assert.Equal(name, _host.Functions[name].Name));
    }

    /// <summary>
    /// Second, minute, hour, day, month, day of the week: a schedule of five fields would begin at its minute.
    /// </summary>
    [Fact]
    public void Every_timer_says_its_second_and_never_ticks_each_second()
    {
        var schedules = _host.NamesOf<TimerTriggerAttribute>().Select(
            name => _host.Functions[name].GetParameters()[0]
                .GetCustomAttribute<TimerTriggerAttribute>()!.Schedule).ToList();

        Assert.NotEmpty(schedules);
        Assert.All(schedules, schedule => Assert.Matches(@"^[0-5]?\d( [\d*/,-]+){5}$", schedule));
    }

    /// <summary>The tests beside it know them; the app, which is deployed without them, must not.</summary>
    [Fact]
    public void The_app_knows_neither_the_engine_nor_the_other_home() => Assert.DoesNotContain(
        typeof(DurableServices).Assembly.GetReferencedAssemblies(),
        name => name.Name is "Workflows.Engine" or "Workflows.Embedded");
}
