using Workflows.Customers;
using Workflows.Inquiries;

namespace Workflows.Tests.Inquiries;

public class BuyerIdentityTests
{
    [Theory]
    [InlineData("Anna+fair@Acme.com", "anna@acme.com", "acme.com")]
    [InlineData("anna@acme.com", "anna@acme.com", "acme.com")]
    [InlineData("Ben@ACME.com", "ben@acme.com", "acme.com")]
    [InlineData("Anna+x+y@gmail.com", "anna@gmail.com", "anna@gmail.com")]
    [InlineData("+tag@acme.com", "+tag@acme.com", "acme.com")]
    public void Tags_and_case_do_not_make_another_buyer(string address, string email, string key)
    {
        var identity = BuyerIdentity.Of(Buyers.Anna with { Email = address }, ["gmail.com"]);

        Assert.Equal((email, key), (identity.Email, identity.Key));
    }
}
