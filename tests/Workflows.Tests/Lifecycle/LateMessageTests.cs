using Workflows.Inquiries;
using Workflows.Lifecycle;
using Workflows.Lifecycle.Timeline;
using Workflows.Mails;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Tests.Lifecycle;

public class LateMessageTests
{
    [Fact]
    public async Task What_a_buyer_writes_on_a_deal_that_has_ended_is_reported_to_its_owner_once()
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
    public async Task A_repetition_of_the_inquiry_itself_notifies_nobody()
    {
        await using var given = await LostAsync();
        await given.ReceiveAsync();
        await given.ReceiveAsync(messageId: "sent-again-under-another-id");
        Assert.Empty(await given.Scenario.MailsAsync<BuyerWroteAgain>());
    }

    [Fact]
    public async Task A_message_that_the_deal_took_while_it_ran_is_not_reported_again()
    {
        await using var given = await DealScenario.StartAsync();
        await given.ReceiveAsync();
        await given.ReceiveAsync(given.Inquiry with { Message = "Any news?" }, "m2");
        await given.SignalAsync((id, by) => new GivenUp(id, by, "no budget"));
        await given.ReceiveAsync(given.Inquiry with { Message = "Any news?" }, "m2");
        Assert.False(Assert.Single(await given.Scenario.MailsAsync<BuyerWroteAgain>()).HasEnded);
    }

    [Fact]
    public async Task Where_the_owner_has_left_the_manager_is_notified()
    {
        await using var given = await LostAsync();
        var deal = await given.DealAsync();
        Assert.NotEqual(deal.Owner, deal.Manager);
        Assert.Equal(deal.Manager, await ReaderWithoutAsync(given, deal.Owner!.Value));
    }

    [Fact]
    public async Task Where_owner_and_manager_have_left_the_present_manager_is_notified()
    {
        await using var given = await LostAsync();
        var deal = await given.DealAsync();
        var reader = await ReaderWithoutAsync(given, deal.Owner!.Value, deal.Manager!.Value);
        Assert.NotNull(reader);
        Assert.DoesNotContain(reader, new[] { deal.Owner, deal.Manager });
    }

    [Fact]
    public async Task A_long_inquiry_in_many_lines_repeated_under_another_id_notifies_nobody()
    {
        var inquiry = Given.Inquiry with { Message = string.Join("\r\n", Enumerable.Repeat("Please  quote.", 300)) };
        await using var given = await LostAsync(inquiry);
        await given.ReceiveAsync(inquiry, "sent-again-under-another-id");
        Assert.Empty(await given.Scenario.MailsAsync<BuyerWroteAgain>());
    }

    [Fact]
    public async Task The_first_message_under_its_own_id_notifies_nobody_even_in_other_words()
    {
        await using var given = await LostAsync();
        await given.ReceiveAsync(given.Inquiry with { Message = "The same, edited by the platform." });
        Assert.Empty(await given.Scenario.MailsAsync<BuyerWroteAgain>());
    }

    [Fact]
    public async Task The_same_words_about_other_products_are_reported_and_a_long_message_is_shortened()
    {
        var words = string.Join(' ', Enumerable.Repeat("Please quote.", 300));
        await using var given = await LostAsync(Given.Inquiry with { Message = words });
        var product = given.Inquiry.Products[0];

        await given.ReceiveAsync(
            given.Inquiry with { Message = words, Products = [product with { Name = "Another one" }] }, "m2");

        var mail = Assert.Single(await given.Scenario.MailsAsync<BuyerWroteAgain>());
        Assert.Equal(4_000, mail.Inquiry.Message.Length);
    }

    [Fact]
    public async Task A_deal_whose_instance_failed_and_was_purged_is_not_started_again_and_its_owner_is_notified()
    {
        await using var given = await DealScenario.StartAsync();
        await given.ReceiveAsync();
        await given.QuoteAsync(discount: 4);
        var timeline = await given.TimelineAsync();
        await given.Scenario.Client.TerminateAsync(given.Id.Value, "by mistake", recursive: true, given.Scenario.Bound);
        await given.Scenario.SettleAsync();
        Assert.Equal(
            OperationOutcome.Done, await given.Scenario.Client.PurgeAsync(given.Id.Value, given.Scenario.Bound));

        var receipt = await given.ReceiveAsync(given.Inquiry with { Message = "We take it." }, "m2");

        Assert.True(receipt.Duplicate);
        Assert.Null(await given.Scenario.Client.GetAsync(given.Id.Value, given.Scenario.Bound));
        Assert.Equal(Stage.Quoted, (await given.DealAsync()).Stage);
        Assert.Equal(
            timeline.Select(entry => entry.Number), (await given.TimelineAsync()).Select(entry => entry.Number));
        Assert.True(Assert.Single(await given.Scenario.MailsAsync<BuyerWroteAgain>()).HasEnded);
    }

    [Fact]
    public async Task What_is_written_on_a_duplicate_goes_to_the_deal_that_it_repeats()
    {
        await using var given = await DealScenario.StartAsync();
        await given.ReceiveAsync();
        var again = given.Inquiry with
        {
            PlatformInquiryId = "INQ-2",
            ReceivedAt = given.Inquiry.ReceivedAt.AddMinutes(5),
        };
        var duplicate = await given.ReceiveAsync(again, "m2");
        Assert.NotEqual(given.Id, duplicate.Deal);
        await given.Scenario.AdvanceAsync(TimeSpan.FromHours(1));

        await given.ReceiveAsync(again with { Message = "Is there a discount for 900 of them?" }, "m3");
        await given.ReceiveAsync(again, "sent-again-under-another-id");

        Assert.Contains(new MessageReceived("Is there a discount for 900 of them?"), await given.EventsAsync());
        var mail = (await given.Scenario.MailsAsync<BuyerWroteAgain>())[^1];
        Assert.Equal((given.Id, false), (mail.Inquiry.Deal, mail.HasEnded));
        Assert.Equal("Is there a discount for 900 of them?", mail.Inquiry.Message);

        await given.SignalAsync((id, by) => new GivenUp(id, by, "no budget"));
        await given.Scenario.AdvanceAsync(TimeSpan.FromHours(1));
        await given.ReceiveAsync(again with { Message = "We take it." }, "m4");
        var late = (await given.Scenario.MailsAsync<BuyerWroteAgain>())[^1];
        Assert.Equal((given.Id, true, "We take it."), (late.Inquiry.Deal, late.HasEnded, late.Inquiry.Message));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    public async Task What_is_written_on_a_rejected_deal_reaches_the_manager(int days)
    {
        await using var given = await DealScenario.StartAsync();
        await given.ReceiveAsync(given.Inquiry with { SpamFlag = true });
        await given.Scenario.AdvanceAsync(TimeSpan.FromDays(days));
        await given.ReceiveAsync(given.Inquiry with { SpamFlag = true }, "sent-again-under-another-id");
        Assert.Empty(await given.Scenario.MailsAsync<BuyerWroteAgain>());

        await given.ReceiveAsync(given.Inquiry with { Message = "Did you get my inquiry?" }, "m2");

        var mail = Assert.Single(await given.Scenario.MailsAsync(), mail => mail.Mail is BuyerWroteAgain);
        var manager = given.Scenario.Policy.Staff.Single(member => member.Email == mail.To.Address);
        Assert.Equal(StaffRole.Manager, manager.Role);
        Assert.Equal("Did you get my inquiry?", ((BuyerWroteAgain)mail.Mail).Inquiry.Message);
        Assert.Equal(Stage.Rejected, (await given.DealAsync()).Stage);
    }

    [Fact]
    public async Task A_long_message_is_whole_on_the_timeline_and_in_the_mail()
    {
        var words = string.Join("\n", Enumerable.Repeat("We also need gate valves, please quote.", 40));
        await using var given = await DealScenario.StartAsync();
        await given.ReceiveAsync();

        await given.ReceiveAsync(given.Inquiry with { Message = words }, "m2");

        var received = Assert.Single((await given.EventsAsync()).OfType<MessageReceived>());
        Assert.Equal((words, 200), (received.Words, received.Excerpt.Length));
        Assert.Equal(words, Assert.Single(await given.Scenario.MailsAsync<BuyerWroteAgain>()).Inquiry.Message);
    }

    [Fact]
    public async Task An_inquiry_that_comes_after_a_message_on_it_gives_products_country_and_score()
    {
        await using var given = await DealScenario.StartAsync();
        var inquiry = given.Inquiry;
        var message = inquiry with
        {
            IsMessage = true,
            Message = "Hello, did you see my inquiry?",
            Products = [],
            Delivery = null,
            Language = null,
            Buyer = inquiry.Buyer with { Company = null, Country = null },
        };
        await given.ReceiveAsync(message, "m1");
        var before = (await given.DealAsync()).Qualification!.Score.Value;
        await given.Scenario.AdvanceAsync(TimeSpan.FromHours(1));

        await given.ReceiveAsync(inquiry with { ReceivedAt = given.Scenario.Clock.GetUtcNow() }, "m2");

        var deal = await given.DealAsync();
        Assert.Equal(inquiry.Products, deal.Inquiry.Products);
        Assert.Equal(inquiry.Buyer, deal.Inquiry.Buyer);
        Assert.Equal(inquiry.ReceivedAt, deal.Inquiry.ReceivedAt);
        Assert.Contains("did you see my inquiry", deal.Inquiry.Message, StringComparison.Ordinal);
        Assert.True(deal.Qualification!.Score.Value > before, $"{before} and {deal.Qualification.Score.Value}");
        var kept = await InquiryRepository.FindAsync(given.Scenario.Tables, deal.Id, given.Scenario.Bound);
        Assert.Equal((inquiry.Message, null), (kept!.Message, kept.IsMessage));
        var mail = Assert.Single(await given.Scenario.MailsAsync<BuyerWroteAgain>());
        Assert.NotEmpty(mail.Inquiry.Products);
    }

    // Who is notified of a late message when some of the staff are gone.
    private static async Task<StaffId?> ReaderWithoutAsync(DealScenario given, params StaffId[] left)
    {
        var scenario = given.Scenario;
        var policy = scenario.Policy with
        {
            Staff = [.. scenario.Policy.Staff.Where(member => !left.Contains(member.Id))],
        };
        var late = new LateMessages(
            scenario.Engine.Mail, scenario.Tables, scenario.Get<IMailComposer>(), new PolicyStore(policy),
            scenario.Get<PublicAddress>(), scenario.Clock);

        await new InquiryService(scenario.Client, scenario.Tables, late)
            .ReceiveAsync(
                given.Inquiry with { Message = "We are ready to order now." }, "m2", StaffId.System, scenario.Bound);

        var mail = Assert.Single(await scenario.MailsAsync(), mail => mail.Mail is BuyerWroteAgain);
        return policy.Staff.SingleOrDefault(member => member.Email == mail.To.Address)?.Id;
    }

    private static async Task<DealScenario> LostAsync(Inquiry? inquiry = null)
    {
        var given = await DealScenario.StartAsync();
        await given.ReceiveAsync(inquiry);
        await given.SignalAsync((id, by) => new GivenUp(id, by, "no budget"));
        Assert.Equal(Stage.Lost, (await given.DealAsync()).Stage);
        return given;
    }
}
