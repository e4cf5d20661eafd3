using System.Text.Json;

namespace Workflows.Embedded.Demo;

/// <summary>
/// All outside the server: platforms that send inquiries, buyers, and the company's own people. It knows the server by
/// its API alone, and looks there for what to do next.
/// </summary>
internal sealed class Simulation(
    ServerClient server, Inquiries market, SimulatedPeople people, Approvers approvers, DemoReporter reporter,
    BusinessTime clock, Func<DateTimeOffset, TimeSpan, DateTimeOffset> addWork)
{
    private static readonly TimeSpan Pulse = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan RealPause = TimeSpan.FromMilliseconds(600);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);
    private static readonly string[] OpenStages =
        ["Received", "Qualified", "Assigned", "Quoted", "Negotiating", "Ordered", "Fulfilling", "Collecting", "Closed"];

    private static readonly string[] Ends = ["Paid", "Lost", "Rejected", "Cancelled", "WrittenOff"];

    private readonly Dictionary<string, Sight> _seen = new(StringComparer.Ordinal);
    private readonly PriorityQueue<(string Deal, Deed Deed), DateTimeOffset> _agenda = new();
    private readonly Dictionary<string, DateTimeOffset> _planned = new(StringComparer.Ordinal);
    private int _inquiries;
    private DateTimeOffset _nextInquiry;

    /// <summary>Lives until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        clock.WaitAfter(RealPause);
        await UntilItWorksAsync(CatchUpAsync, cancellation);
        while (!cancellation.IsCancellationRequested)
        {
            await UntilItWorksAsync(TurnAsync, cancellation);
            clock.WaitAfter(RealPause);
            await Task.Delay(Pulse, TimeProvider.System, cancellation)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task CatchUpAsync(CancellationToken cancellation)
    {
        // An inquiry makes one deal: as many as there are have been sent. One that was cut off is sent again,
        // harmlessly.
        var ended = 0;
        foreach (var stage in Ends)
        {
            ended += (await server.DealsAsync(server.Reader, stage, cancellation)).Count;
        }

        var open = await OpenDealsAsync(cancellation);
        _inquiries = ended + open.Count;
        _nextInquiry = clock.GetUtcNow();
        foreach (var card in open)
        {
            await LookAsync(card, isNew: false, cancellation);
        }
    }

    private async Task TurnAsync(CancellationToken cancellation)
    {
        await InquireAsync(cancellation);
        await LookAroundAsync(cancellation);
        await ActAsync(cancellation);
        await approvers.TurnAsync(clock.GetUtcNow(), cancellation);
    }

    private async Task InquireAsync(CancellationToken cancellation)
    {
        for (var now = clock.GetUtcNow(); now >= _nextInquiry; now = clock.GetUtcNow())
        {
            using var webhook = market.Webhook(_inquiries + 1, now);
            if (!await server.DeliverAsync(webhook, cancellation))
            {
                return;
            }

            _inquiries++;
            _nextInquiry = addWork(_nextInquiry, market.Gap(_inquiries));
            if (now - _nextInquiry > TimeSpan.FromDays(2))
            {
                // A slow machine must not drown in what it has missed.
                _nextInquiry = now;
            }
        }
    }

    private async Task LookAroundAsync(CancellationToken cancellation)
    {
        var open = await OpenDealsAsync(cancellation);
        var now = clock.GetUtcNow();
        foreach (var card in open.Where(card => IsNews(card, now)))
        {
            await LookAsync(card, isNew: true, cancellation);
        }

        var gone = _seen.Keys.Except(open.Select(card => card.Id)).ToList();
        foreach (var id in gone)
        {
            await reporter.ReportAsync(await server.DealAsync(server.Reader, id, cancellation), clock.GetUtcNow());
            reporter.Forget(id);
            _seen.Remove(id);
        }
    }

    private async Task LookAsync(ApiDealSummary card, bool isNew, CancellationToken cancellation)
    {
        var deal = await server.DealAsync(server.Reader, card.Id, cancellation);
        var now = clock.GetUtcNow();
        if (isNew)
        {
            await reporter.ReportAsync(deal, now);
        }
        else
        {
            reporter.Remember(deal);
        }

        _seen[card.Id] = new Sight(card.UpdatedAt, now);
        foreach (var deed in people.Next(deal))
        {
            Plan(card.Id, deed);
        }
    }

    private async Task ActAsync(CancellationToken cancellation)
    {
        while (_agenda.TryPeek(out var next, out var at) && at <= clock.GetUtcNow())
        {
            _agenda.Dequeue();
            _planned.Remove(next.Deed.Key);

            // It was planned a while ago: only what is still so is done.
            var deal = await server.DealAsync(server.Reader, next.Deal, cancellation);
            var now = clock.GetUtcNow();
            await reporter.ReportAsync(deal, now);
            foreach (var deed in people.Next(deal))
            {
                if (deed.At > now || deed.Key != next.Deed.Key)
                {
                    Plan(next.Deal, deed);
                }
                else if (
                    !await server.PostAsync(
                        deed.Person, deed.Path, deed.Body, $"{deed.Key}-{now.UtcTicks / TimeSpan.TicksPerDay}",
                        cancellation)
                    || deed.Path.EndsWith("/writeoff", StringComparison.Ordinal))
                {
                    // Refused as things stand, or in a person's hands now: looked at again tomorrow.
                    Plan(next.Deal, deed with { At = now.AddDays(1) });
                }
            }

            _seen[next.Deal] = new Sight(default, now);
        }
    }

    // Reminders and due dates change invoices without a word of the deal.
    private bool IsNews(ApiDealSummary card, DateTimeOffset now) =>
        !_seen.TryGetValue(card.Id, out var sight)
        || sight.UpdatedAt != card.UpdatedAt
        || (card.Stage is "Ordered" or "Fulfilling" or "Collecting" && now - sight.At > TimeSpan.FromDays(1.5));

    private void Plan(string deal, Deed deed)
    {
        if (!_planned.TryGetValue(deed.Key, out var at) || deed.At < at)
        {
            _planned[deed.Key] = deed.At;
            _agenda.Enqueue((deal, deed), deed.At);
        }
    }

    private async Task<List<ApiDealSummary>> OpenDealsAsync(CancellationToken cancellation)
    {
        var open = new List<ApiDealSummary>();
        foreach (var stage in OpenStages)
        {
            open.AddRange(await server.DealsAsync(server.Reader, stage, cancellation));
        }

        return open;
    }

    /// <summary>A deal when it was last looked at.</summary>
    private readonly record struct Sight(DateTimeOffset UpdatedAt, DateTimeOffset At);

    private async Task UntilItWorksAsync(Func<CancellationToken, Task> work, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                await work(cancellation);
                reporter.ForgetTrouble();
                return;
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
            }
            catch (Exception exception) when (
                exception is HttpRequestException or TaskCanceledException or JsonException)
            {
                // The server is busy, or refuses for long: all try again a moment later.
                await reporter.TellTroubleAsync(exception);
                await Task.Delay(RetryDelay, TimeProvider.System, cancellation)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
