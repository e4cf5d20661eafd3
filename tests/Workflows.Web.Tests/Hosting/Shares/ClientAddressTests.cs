using System.Net;
using Workflows.Web.Hosting.Shares;

namespace Workflows.Web.Tests.Hosting.Shares;

public sealed class ClientAddressTests
{
    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData("::ffff:203.0.113.7", "203.0.113.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::")]
    [InlineData("2001:db8:1:2::9", "2001:db8:1:2::")]
    [InlineData("2001:db8:1:3::9", "2001:db8:1:3::")]
    [InlineData("fe80::1%3", "fe80::")]
    public void One_subscriber_is_one_address(string address, string known) =>
        Assert.Equal(IPAddress.Parse(known), ClientAddress.Of(IPAddress.Parse(address)));

    [Fact]
    public void Those_without_an_address_share() =>
        Assert.Equal(ClientAddress.Of(null), ClientAddress.Of(null));
}
