using System.Net;
using Workflows.Web.Hosting.Shares;

namespace Workflows.Web.Tests.Hosting.Shares;

public sealed class SharedCapacityTests
{
    private static readonly IPAddress Proxy = IPAddress.Parse("192.0.2.1");

    private readonly SharedCapacity _capacity = new(total: 10, perAddress: 4, new HashSet<IPAddress> { Proxy });
    private readonly List<string> _ended = [];

    [Fact]
    public void An_address_over_its_share_gives_way_to_itself_the_longest_waiting_first()
    {
        Take("a1", 2);
        Take("a2", 2);
        Take("b1", 2);

        Take("a3", 1);

        Assert.Equal(["a1"], _ended);
        Assert.Equal(5, _capacity.Held);
    }

    [Fact]
    public void Without_room_the_address_that_holds_most_gives_way()
    {
        Take("a1", 3);
        Take("b1", 4);
        Take("c1", 3);

        Take("d1", 2);

        Assert.Equal(["b1"], _ended);
    }

    [Fact]
    public void Nothing_gives_way_to_an_address_that_holds_more()
    {
        Take("a1", 3);
        Take("b1", 3);
        Take("c1", 3).LetGiveWay(false);
        Take("c2", 1).LetGiveWay(false);

        Assert.False(Open("c3").TryGrowTo(1));
        Assert.Empty(_ended);
    }

    [Fact]
    public void What_is_in_use_does_not_give_way_and_stands_last_in_line_afterwards()
    {
        var used = Take("a1", 2);
        used.LetGiveWay(false);
        Take("a2", 2);
        Take("a3", 1);
        Assert.Equal(["a2"], _ended);

        used.LetGiveWay(true);
        Take("a4", 2);

        Assert.Equal(["a2", "a3"], _ended);
    }

    [Fact]
    public void What_grows_keeps_its_place_and_what_gave_way_never_grows_again()
    {
        var first = Take("a1", 1);
        Take("a2", 2);
        Assert.True(first.TryGrowTo(2));

        Take("a3", 1);

        Assert.Equal(["a1"], _ended);
        Assert.False(first.TryGrowTo(1));
        Assert.Equal(3, _capacity.Held);
    }

    [Fact]
    public void A_known_proxy_has_no_share_and_nothing_is_taken_from_it()
    {
        var proxied = Enumerable.Range(0, 9)
            .Select(n => new Holding(_capacity, Proxy, () => _ended.Add($"proxied {n}")));
        Assert.All(proxied, each => Assert.True(each.TryGrowTo(1)));

        Take("a1", 1);
        Assert.False(Open("b1").TryGrowTo(2));
        Assert.True(Open("b1").TryGrowTo(1));

        Assert.Equal(["a1"], _ended);
    }

    [Fact]
    public void Addresses_that_hold_nothing_are_forgotten()
    {
        Take("a1", 3).Dispose();
        Assert.False(Open("b1").TryGrowTo(11));

        Assert.Equal((0, 0), (_capacity.Held, _capacity.Addresses));
    }

    private Holding Take(string name, long amount)
    {
        var holding = Open(name);
        Assert.True(holding.TryGrowTo(amount));
        return holding;
    }

    /// <param name="name">Begins with the letter of its address.</param>
    private Holding Open(string name) =>
        new(_capacity, new IPAddress([10, 0, 0, (byte)name[0]]), () => _ended.Add(name));
}
