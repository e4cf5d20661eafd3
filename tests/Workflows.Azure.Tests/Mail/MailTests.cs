using Workflows.Platform;

namespace Workflows.Azure.Tests.Mail;

/// <summary>What tests of mails stand on: an outbox, a queue and a SendGrid of their own for each test.</summary>
public abstract class MailTests : IAsyncLifetime
{
    private protected MailHome Home { get; private set; } = null!;

    public async Task InitializeAsync() => Home = await MailHome.StartAsync();

    public async Task DisposeAsync()
    {
        if (Home is not null)
        {
            await Home.DisposeAsync();
        }
    }

    /// <summary>Whatever asks for the mail on the following days, it is not sent again.</summary>
    private protected async Task StaysAsItIsAsync(MailStatus status, int requests = 1)
    {
        Assert.Equal(status, (await Home.ReadAsync("m-1")).Status);
        for (var days = 0; days < 3; days++)
        {
            Home.Clock.Advance(TimeSpan.FromDays(1));
            await Home.Sweep.RunAsync(default);
            await Home.Outbox.EnqueueAsync(MailHome.Mail("m-1"));
            await Home.DrainAsync();
            await Home.Sender.HandleAsync("m-1", default);
        }

        Assert.Equal((status, requests), ((await Home.ReadAsync("m-1")).Status, Home.SendGrid.Mails.Count));
    }
}
