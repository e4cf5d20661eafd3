using System.Net;
using Workflows.Embedded.Keys;
using Workflows.Embedded.Tests.Serving;
using Workflows.Web.Tests;

namespace Workflows.Embedded.Tests.Keys;

public sealed class OwnerChannelTests
{
    [Fact]
    public async Task To_strangers_the_owners_address_is_like_any_other_that_is_not_there()
    {
        await using var home = await RunningHome.StartAsync();
        using var nowhere = await home.Http.GetAsync("/nowhere");
        foreach (var method in new[] { HttpMethod.Get, HttpMethod.Post })
        {
            using var request = new HttpRequestMessage(
                method, OwnerChannel.Path)
            { Headers = { { OwnerChannel.TokenHeader, "guessed" } } };
            using var answer = await home.Http.SendAsync(request);
            await answer.ProblemAsync(HttpStatusCode.NotFound, "not-found");
            Assert.Equal(nowhere.Headers.Select(header => header.Key), answer.Headers.Select(header => header.Key));
        }
    }
}
