using Workflows.Web.Inquiries.Webhooks;

namespace Workflows.Web.Tests.Inquiries.Webhooks;

public sealed class EventCopiesTests
{
    private readonly EventCopies _copies = new();
    private readonly TaskCompletionSource<WebhookReceipt> _first = new();
    private int _taken;

    [Fact]
    public async Task Copies_are_answered_as_the_first_and_do_nothing_themselves()
    {
        var answers = Enumerable.Range(0, 5).Select(_ => TakeAsync("body")).ToList();
        _first.SetResult(new WebhookReceipt("D-1", Duplicate: false));

        var receipts = await Task.WhenAll(answers);

        Assert.Equal(1, _taken);
        Assert.Equal(4, receipts.Count(receipt => receipt.Duplicate));
        Assert.All(receipts, receipt => Assert.Equal("D-1", receipt.DealId));
    }

    [Fact]
    public async Task What_fails_for_the_first_fails_for_its_copies_and_is_tried_again_by_the_next()
    {
        var answers = new[] { TakeAsync("body"), TakeAsync("body") };
        _first.SetException(new TimeoutException());

        foreach (var answer in answers)
        {
            await Assert.ThrowsAsync<TimeoutException>(() => answer);
        }

        Assert.Equal(1, _taken);
        await Assert.ThrowsAsync<TimeoutException>(() => TakeAsync("body"));
        Assert.Equal(2, _taken);
    }

    [Fact]
    public async Task A_copy_takes_over_when_the_sender_of_the_first_has_gone()
    {
        var gone = new TaskCompletionSource<WebhookReceipt>();
        var first = _copies.TakeOnceAsync("standard", "msg_1", "body", () => gone.Task, CancellationToken.None);
        var copy = TakeAsync("body");
        gone.SetCanceled();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        _first.SetResult(new WebhookReceipt("D-1", Duplicate: false));

        Assert.False((await copy).Duplicate);
        Assert.Equal(1, _taken);
    }

    [Fact]
    public async Task A_copy_whose_sender_has_gone_waits_no_longer()
    {
        _ = TakeAsync("body");
        using var gone = new CancellationTokenSource();
        var copy = _copies.TakeOnceAsync("standard", "msg_1", "body", () => _first.Task, gone.Token);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => copy);
    }

    [Fact]
    public void Another_body_is_no_copy()
    {
        _ = TakeAsync("body");
        _ = TakeAsync("another body");
        Assert.Equal(2, _taken);
    }

    private Task<WebhookReceipt> TakeAsync(string fingerprint) => _copies.TakeOnceAsync(
        "standard", "msg_1", fingerprint,
        () =>
        {
            _taken++;
            return _first.Task;
        },
        CancellationToken.None);
}
