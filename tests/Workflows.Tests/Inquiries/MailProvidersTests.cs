using Workflows.Customers;

namespace Workflows.Tests.Inquiries;

public class MailProvidersTests
{
    [Theory]
    [InlineData("libero.it")]
    [InlineData("t-online.de")]
    [InlineData("orange.fr")]
    [InlineData("hotmail.co.uk")]
    [InlineData("yahoo.co.jp")]
    [InlineData("gmail.com")]
    [InlineData("163.com")]
    public void A_providers_domain_names_no_company(string domain) =>
        Assert.True(MailProviders.Includes(domain, more: []));

    [Fact]
    public void A_policy_adds_its_own()
    {
        Assert.False(MailProviders.Includes("village-mail.example", more: []));
        Assert.True(MailProviders.Includes("village-mail.example", ["village-mail.example"]));
    }

    [Fact]
    public void The_list_is_long_and_each_line_is_a_domain()
    {
        Assert.True(MailProviders.All.Count > 900, $"{MailProviders.All.Count} domains");
        Assert.All(MailProviders.All, domain => Assert.Matches("^[a-z0-9-]+([.][a-z0-9-]+)+$", domain));
    }
}
