using System.Text;
using System.Text.Json.Nodes;
using Workflows.Policies;

namespace Workflows.Tests.Policies;

public class MailPolicyTests
{
    [Fact]
    public void A_document_of_before_that_says_nothing_about_mails_has_the_usual_limits()
    {
        var document = JsonNode.Parse(PolicyLoader.DefaultDocument)!.AsObject();
        Assert.True(document.Remove("mails"));
        var result = PolicyLoader.Load(Encoding.UTF8.GetBytes(document.ToJsonString()));
        Assert.Empty(result.Errors);
        Assert.Equal((3, 200, TimeSpan.FromMinutes(15)), LimitsOf(result.Policy!));
    }

    [Fact]
    public void What_a_document_says_about_mails_holds_member_by_member()
    {
        var policy = PolicyLoader.Default();
        Assert.Equal(
            (0, 200, TimeSpan.FromMinutes(5)), LimitsOf(policy with { Mails = new MailPolicy(0, null, 5) }));
    }

    private static (int Address, int Source, TimeSpan Window) LimitsOf(Policy policy) =>
        (policy.AcknowledgementsPerAddress(), policy.AcknowledgementsPerSource(), policy.NoticeWindow());
}
