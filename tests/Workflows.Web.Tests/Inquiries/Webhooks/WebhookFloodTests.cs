using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Conformance;
using Workflows.Inquiries;
using Workflows.Web.Inquiries.Webhooks;

namespace Workflows.Web.Tests.Inquiries.Webhooks;

/// <summary>A source that floods, and copies of one event, take no turn of others.</summary>
public sealed class WebhookFloodTests : IAsyncLifetime
{
    private readonly HeldIntake _intake = new();
    private readonly WebHome _home;

    public WebhookFloodTests() => _home = new()
    {
        Configure = options =>
        {
            options.Webhooks.Sources["other"] =
                new WebhookSourceOptions { Scheme = "standard", Secrets = { WebHome.StandardSecret } };
            options.RateLimits.ConcurrentWebhooks = 4;
            options.RateLimits.ConcurrentWebhooksPerPlatform = 2;
            options.RateLimits.QueuedWebhooksPerPlatform = 1;
            options.RateLimits.RequestTimeout = TimeSpan.FromSeconds(20);
        },
        Replace = services => services.AddSingleton<IInquiryIntake>(_intake),
    };

    public Task InitializeAsync() => _home.InitializeAsync();

    public Task DisposeAsync()
    {
        _intake.Go();
        return _home.DisposeAsync();
    }

    [Fact]
    public async Task A_source_that_floods_is_told_so_and_another_source_gets_its_turn()
    {
        var flood = Enumerable.Range(0, 10).Select(n => SendAsync("standard", $"msg_{n}")).ToList();
        await Eventually.TrueAsync(
            () => flood.Count(answer => answer.IsCompleted) == 7, "what is refused");

        var other = SendAsync("other", "msg_other");
        await Eventually.TrueAsync(() => _intake.Held == 3, "the other source's turn");
        _intake.Go();

        Assert.Equal(HttpStatusCode.Accepted, (await other).StatusCode);
        var answers = (await Task.WhenAll(flood)).ToLookup(answer => answer.StatusCode);
        Assert.Equal(3, answers[HttpStatusCode.Accepted].Count());
        Assert.All(answers[HttpStatusCode.ServiceUnavailable], refused => Assert.NotNull(refused.Headers.RetryAfter));
    }

    [Fact]
    public async Task Copies_of_an_event_wait_for_the_first_and_take_no_turn()
    {
        var copies = Enumerable.Range(0, 50).Select(_ => SendAsync("standard", "msg_many")).ToList();
        await Eventually.TrueAsync(() => _intake.Held == 1, "the first copy's turn");
        var next = SendAsync("standard", "msg_next");
        await Eventually.TrueAsync(() => _intake.Held == 2, "the next event's turn");
        _intake.Go();

        var receipts = await Task.WhenAll((await Task.WhenAll(copies)).Select(answer => answer.JsonAsync()));
        Assert.Single(receipts, receipt => !receipt.GetProperty("duplicate").GetBoolean());
        Assert.Equal(HttpStatusCode.Accepted, (await next).StatusCode);
    }

    [Fact]
    public async Task What_takes_longer_than_a_request_may_is_answered_so()
    {
        var answer = await SendAsync("standard", "msg_hangs");
        await answer.ProblemAsync(HttpStatusCode.ServiceUnavailable, "timed-out");
        Assert.NotNull(answer.Headers.RetryAfter);
    }

    private Task<HttpResponseMessage> SendAsync(string source, string id)
    {
        var request = WebHome.Signed(
            id,
            $$$"""{"type":"inquiry.created","data":{"platformInquiryId":"{{{id}}}","buyer":{"name":"Anna","email":"anna@berg.example"},"message":"Please quote."}}""");
        request.RequestUri = new Uri($"/api/webhooks/{source}", UriKind.Relative);
        return _home.Anonymous.SendAsync(request);
    }

    /// <summary>Takes inquiries when the test says so.</summary>
    private sealed class HeldIntake : IInquiryIntake
    {
        private readonly TaskCompletionSource _go = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _held;

        public int Held => Volatile.Read(ref _held);

        public void Go() => _go.TrySetResult();

        public async Task<bool> TakeAsync(Inquiry inquiry, string messageId, CancellationToken cancellation)
        {
            Interlocked.Increment(ref _held);
            await _go.Task.WaitAsync(cancellation);
            return false;
        }
    }
}
