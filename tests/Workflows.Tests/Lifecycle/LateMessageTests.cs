using Workflows.Inquiries;
using Workflows.Lifecycle;

namespace Workflows.Tests.Lifecycle;

public class LateMessageTests
{
    [Fact]
    public async Task What_a_buyer_writes_on_a_deal_that_has_ended_is_told_to_its_owner_once()
    {
        await using var given = await LostAsync();
        var late = given.Inquiry with { Message = "We are ready to order now." };

        Assert.True((await given.ReceiveAsync(late, "m2")).Duplicate);
        await given.ReceiveAsync(late, "m2");

        var mail = Assert.Single(await given.Scenario.MailsAsync<BuyerWroteAgain>());
        Assert.True(mail.HasEnded);
        Assert.Equal("We are ready to order now.", mail.Inquiry.Message);
        Assert.Equal(Stage.Lost, (await given.DealAsync()).Stage);
    }

    [Fact]
    public async Task A_repetition_of_the_inquiry_itself_tells_nobody()
    {
        await using var given = await LostAsync();
        await given.ReceiveAsync();
        await given.ReceiveAsync(messageId: "sent-again-under-another-id");
        Assert.Empty(await given.Scenario.MailsAsync<BuyerWroteAgain>());
    }

    [Fact]
    public async Task A_message_that_the_deal_took_while_it_ran_is_not_told_again()
    {
        await using var given = await DealScenario.StartAsync();
        await given.ReceiveAsync();
        await given.ReceiveAsync(given.Inquiry with { Message = "Any news?" }, "m2");
        await given.TellAsync((id, by) => new GivenUp(id, by, "no budget"));
        await given.ReceiveAsync(given.Inquiry with { Message = "Any news?" }, "m2");
        Assert.False(Assert.Single(await given.Scenario.MailsAsync<BuyerWroteAgain>()).HasEnded);
    }

    private static async Task<DealScenario> LostAsync()
    {
        var given = await DealScenario.StartAsync();
        await given.ReceiveAsync();
        await given.TellAsync((id, by) => new GivenUp(id, by, "no budget"));
        Assert.Equal(Stage.Lost, (await given.DealAsync()).Stage);
        return given;
    }
}
