using Microsoft.Extensions.Logging.Abstractions;
using Workflows.Inquiries;
using Workflows.Lifecycle;
using Workflows.Lifecycle.Messages;
using Workflows.Lifecycle.Timeline;
using Workflows.Mails;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Tests.Lifecycle.Messages;

/// <summary>A buyer, or whoever has the platform's secret, who writes on one inquiry without end.</summary>
public class ManyMessagesTests
{
    private const int Messages = 3000;
    private static readonly TimeSpan Tick = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Three_thousand_messages_of_an_hour_are_five_mails_that_count_each_of_them_once()
    {
        await using var given = await DealScenario.StartAsync();
        await given.ReceiveAsync();
        const int ticks = 12;
        for (var tick = 0; tick < ticks; tick++)
        {
            await Task.WhenAll(Enumerable.Range(tick * Messages / ticks, Messages / ticks).Select(
                number => WriteAsync(given, number)));
            await given.Scenario.SettleAsync();
            if (tick == ticks / 2)
            {
                await given.Scenario.RestartAsync();
            }

            await PassAsync(given);
        }

        // The last window ends.
        for (var tick = 0; tick < 4; tick++)
        {
            await PassAsync(given);
        }

        var mails = (await given.Scenario.MailsAsync()).Where(mail => mail.Mail is BuyerWroteAgain).ToList();
        Assert.InRange(mails.Count, 2, 6);
        Assert.Equal(Messages, mails.Sum(mail => ((BuyerWroteAgain)mail.Mail).Count));
        Assert.All(mails, mail => Assert.InRange(((BuyerWroteAgain)mail.Mail).Before.Count, 0, 4));
        Assert.All(
            mails.Zip(mails.Skip(1)),
            pair => Assert.True(
                pair.Second.Record.EnqueuedAt - pair.First.Record.EnqueuedAt >= TimeSpan.FromMinutes(15)));

        var last = await given.Scenario.Get<DealService>().TimelineAsync(given.Id, null, 100, given.Scenario.Bound);
        Assert.Equal(100, last.Entries.Count);
        Assert.True(last.EarlierBefore > Messages - 100);
        Assert.Contains(last.Entries, entry => entry.What is MessageReceived);
    }

    [Fact]
    public async Task Late_messages_share_the_window_and_a_message_that_comes_again_is_counted_once()
    {
        await using var given = await DealScenario.StartAsync();
        await given.ReceiveAsync();
        await given.SignalAsync((id, by) => new GivenUp(id, by, "no budget"));
        for (var number = 0; number < 40; number++)
        {
            await WriteAsync(given, number % 20);
        }

        for (var tick = 0; tick < 4; tick++)
        {
            await PassAsync(given);
        }

        var mails = await given.Scenario.MailsAsync<BuyerWroteAgain>();
        Assert.Equal([1, 19], mails.Select(mail => mail.Count));
        Assert.All(mails, mail => Assert.True(mail.HasEnded));
        Assert.Equal("Message 19", mails[1].Inquiry.Message);
    }

    [Fact]
    public async Task A_mail_that_broke_off_before_the_outbox_had_it_goes_out_with_the_next_round_and_once()
    {
        await using var given = await DealScenario.StartAsync();
        await given.ReceiveAsync();
        await given.SignalAsync((id, by) => new GivenUp(id, by, "no budget"));
        for (var number = 0; number < 3; number++)
        {
            await WriteAsync(given, number);
        }

        await given.Scenario.AdvanceAsync(TimeSpan.FromMinutes(15));
        var scenario = given.Scenario;
        var broken = new MessageDigests(
            scenario.Tables, new BrokenOutbox(), new PolicyStore(scenario.Policy), scenario.Get<IMailComposer>(),
            new PublicAddress(new Uri("https://deals.example.com")), scenario.Clock,
            NullLogger<MessageDigests>.Instance);
        await broken.SendDueAsync(scenario.Bound);
        await broken.SendDueAsync(scenario.Bound);
        Assert.Equal([1], (await scenario.MailsAsync<BuyerWroteAgain>()).Select(mail => mail.Count));

        await WriteAsync(given, 3);
        await PassAsync(given);
        Assert.Equal([1, 2], (await scenario.MailsAsync<BuyerWroteAgain>()).Select(mail => mail.Count));
        for (var tick = 0; tick < 4; tick++)
        {
            await PassAsync(given);
        }

        Assert.Equal([1, 2, 1], (await scenario.MailsAsync<BuyerWroteAgain>()).Select(mail => mail.Count));
    }

    private static Task<IntakeReceipt> WriteAsync(DealScenario given, int number) =>
        given.Scenario.Get<InquiryService>().ReceiveAsync(
            given.Inquiry with { Message = $"Message {number}" }, $"m-{number}", StaffId.System,
            given.Scenario.Bound);

    // As a home does by its clock.
    private static async Task PassAsync(DealScenario given)
    {
        await given.Scenario.AdvanceAsync(Tick);
        await given.Scenario.Get<MessageDigests>().SendDueAsync(given.Scenario.Bound);
    }

    private sealed class BrokenOutbox : IMailOutbox
    {
        public Task EnqueueAsync(OutgoingMail mail, CancellationToken cancellation = default) =>
            throw new IOException("The process ended here.");

        public Task<MailRecord?> GetAsync(string mailId, CancellationToken cancellation = default) =>
            Task.FromResult<MailRecord?>(null);

        public Task<Page<MailRecord>> QueryAsync(MailQuery query, CancellationToken cancellation = default) =>
            Task.FromResult(new Page<MailRecord>([], null));
    }
}
