using Workflows.Facts;
using Workflows.Platform;
using Workflows.Reviews;
using Workflows.Trade;
using static Workflows.Tests.Reviews.Given;

namespace Workflows.Tests.Reviews;

public sealed class MonthlyReviewTests : IAsyncLifetime
{
    private static readonly StaffId Lena = new("lena");

    private Scenario _scenario = null!;

    private ReviewService Service => _scenario.Get<ReviewService>();

    public async Task InitializeAsync() =>
        _scenario = await Scenario.StartAsync(_ => Policy, start: At("2025-11-10T01:00Z"));

    public async Task DisposeAsync() => await _scenario.DisposeAsync();

    [Fact]
    public async Task A_review_counts_the_month_is_kept_and_is_mailed_to_manager_and_director()
    {
        await WriteAsync(Received("D-1", "2025-10-02T03:00Z"), Won("D-1", "2025-10-20T03:00Z", 1000));

        var receipt = await RequestAsync("2025-10");

        Assert.Equal(ReviewOutcome.Done, receipt.Outcome);
        var kept = (await Service.GetAsync("2025-10", _scenario.Bound))!;
        Assert.Equal((1, 100m, Money.Of(1000, "USD")),
            (kept.Report.Total.Valid, kept.Report.Total.CohortConversionPercent, kept.Report.Total.WonValue));
        Assert.Equal((Lena, At("2025-11-10T01:00Z"), false), (kept.By, kept.RanAt, kept.Report.IsProvisional));
        Assert.Equal(
            [("Mei Lin", 1), ("Omar Haddad", 0)], kept.Report.Salespeople.Select(p => (p.Name, p.Figures.OrdersWon)));
        var mails = await _scenario.MailsAsync();
        Assert.Equal(["chen@ridge.example", "lena@ridge.example"], mails.Select(mail => mail.To.Address).Order());
        var mail = Assert.IsType<ReviewReady>(mails[0].Mail);
        Assert.Equal("https://deals.example.com/reviews/2025-10", mail.Link);
        Assert.Equal(
            "Review of October 2025: valid inquiries 1, orders won 1, order value won USD 1,000.00", mail.Subject);
        Assert.All(mail.Figures, figure => Assert.NotEmpty(figure.Definition));
    }

    [Fact]
    public async Task A_month_without_anything_has_a_report_and_no_ratios()
    {
        var receipt = await RequestAsync("2025-09");

        Assert.Equal(0, receipt.Review!.Report.Total.Received);
        Assert.Equal(
            "n/a", receipt.Review.Report.Kpis.Single(kpi => kpi.Key == "period-conversion").Text);
    }

    [Fact]
    public async Task Run_again_with_the_same_facts_it_keeps_its_figures_and_mails_only_on_request()
    {
        await WriteAsync(Received("D-1", "2025-10-02T03:00Z"));
        await RunAsync(new ReviewInput("2025-10", StaffId.System, IsByHand: false), "first");
        var first = (await Service.GetAsync("2025-10", _scenario.Bound))!;
        await _scenario.AdvanceAsync(TimeSpan.FromHours(1));

        var second = await RunAsync(new ReviewInput("2025-10", StaffId.System, IsByHand: false), "second");

        Assert.Equal(new ReviewResult("2025-10", IsProvisional: false, HasChanged: false, MailsSent: 0), second);
        var kept = (await Service.GetAsync("2025-10", _scenario.Bound))!;
        Assert.Equal(first.Report.Total, kept.Report.Total);
        Assert.Equal((first.ChangedAt, At("2025-11-10T02:00Z")), (kept.ChangedAt, kept.RanAt));
        Assert.Equal(2, (await _scenario.MailsAsync()).Count);

        await RequestAsync("2025-10");
        Assert.Equal(4, (await _scenario.MailsAsync()).Count);
    }

    [Fact]
    public async Task Run_again_with_new_facts_it_says_so_and_mails()
    {
        await WriteAsync(Received("D-1", "2025-10-02T03:00Z"));
        await RunAsync(new ReviewInput("2025-10", StaffId.System, IsByHand: false), "first");
        await WriteAsync(Won("D-1", "2025-11-09T03:00Z", 10));

        var second = await RunAsync(new ReviewInput("2025-10", StaffId.System, IsByHand: false), "second");

        Assert.Equal((true, 2), (second.HasChanged, second.MailsSent));
        Assert.Equal(100m, (await Service.GetAsync("2025-10", _scenario.Bound))!.Report.Total.CohortConversionPercent);
    }

    [Fact]
    public async Task The_present_month_is_reviewed_as_provisional()
    {
        await WriteAsync(Received("D-1", "2025-11-09T03:00Z"));

        var receipt = await RequestAsync("2025-11");

        Assert.True(receipt.Review!.Report.IsProvisional);
        Assert.Equal(1, receipt.Review.Report.Total.Received);
        Assert.Equal(new DateOnly(2025, 11, 10), receipt.Review.Report.Receivables.AsOf);
        Assert.StartsWith(
            "Provisional review", (await _scenario.MailsAsync<ReviewReady>())[0].Subject, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2025-12", "has not begun")]
    [InlineData("1999-12", "before 2000-01")]
    [InlineData("2025-13", "yyyy-MM")]
    [InlineData("2025-1", "yyyy-MM")]
    [InlineData("", "yyyy-MM")]
    public async Task A_month_that_cannot_be_reviewed_is_refused_and_starts_nothing(string month, string why)
    {
        var receipt = await RequestAsync(month);

        Assert.Equal(ReviewOutcome.Refused, receipt.Outcome);
        Assert.Contains(why, receipt.Reason, StringComparison.Ordinal);
        Assert.Empty((await _scenario.Client.QueryAsync(new InstanceQuery(), _scenario.Bound)).Items);
    }

    [Fact]
    public async Task Reviews_are_listed_with_the_latest_month_first()
    {
        await RequestAsync("2025-09");
        await RequestAsync("2025-11");
        await RequestAsync("2025-10");

        var listed = await Service.ListAsync(12, null, _scenario.Bound);

        Assert.Equal(["2025-11", "2025-10", "2025-09"], listed.Items.Select(review => review.Month));
        Assert.Null(listed.Continuation);
        Assert.Null(await Service.GetAsync("2025-08", _scenario.Bound));
        Assert.Null(await Service.GetAsync("../etc", _scenario.Bound));
    }

    [Fact]
    public async Task Pages_of_the_list_go_back_to_the_first_review_and_no_further()
    {
        await RequestAsync("2025-11");
        await RequestAsync("2025-10");
        await RequestAsync("2025-06");

        var months = new List<string>();
        string? cursor = null;
        do
        {
            var page = await Service.ListAsync(2, cursor, _scenario.Bound);
            months.Add(string.Join(' ', page.Items.Select(review => review.Month)));
            cursor = page.Continuation;
        }
        while (cursor is not null);

        Assert.Equal(["2025-11 2025-10", "", "2025-06"], months);
        await Assert.ThrowsAsync<FormatException>(() => Service.ListAsync(2, "later", _scenario.Bound));
    }

    [Fact]
    public async Task A_slower_run_that_saw_less_does_not_overwrite_a_later_one()
    {
        await RequestAsync("2025-10");
        var kept = (await Service.GetAsync("2025-10", _scenario.Bound))!;
        var older = kept with
        {
            RanAt = kept.RanAt.AddMinutes(-1),
            Report = kept.Report with { PolicyVersion = "other" },
        };

        var changed = await ReviewRepository.KeepAsync(_scenario.Tables, older, "older|1", _scenario.Bound);

        Assert.False(changed);
        Assert.Equal("test-1", (await Service.GetAsync("2025-10", _scenario.Bound))!.Report.PolicyVersion);
    }

    [Fact]
    public async Task The_step_that_changed_a_review_answers_the_same_when_it_is_run_again()
    {
        await RequestAsync("2025-10");
        var kept = (await Service.GetAsync("2025-10", _scenario.Bound))!;
        var next = kept with
        {
            RanAt = kept.RanAt.AddMinutes(1),
            Report = kept.Report with { PolicyVersion = "other" },
        };

        Assert.True(await ReviewRepository.KeepAsync(_scenario.Tables, next, "next|1", _scenario.Bound));
        Assert.True(await ReviewRepository.KeepAsync(_scenario.Tables, next, "next|1", _scenario.Bound));
        Assert.False(await ReviewRepository.KeepAsync(_scenario.Tables, next, "next|2", _scenario.Bound));
    }

    private Task WriteAsync(params Fact[] facts) =>
        FactLog.WriteAsync(_scenario.Tables, facts, Policy, _scenario.Bound);

    private Task<ReviewReceipt> RequestAsync(string month) => Service.RequestAsync(month, Lena, _scenario.Bound);

    private async Task<ReviewResult> RunAsync(ReviewInput input, string id)
    {
        await MonthlyReview.ScheduleAsync(_scenario.Client, input, new ScheduleOptions(id), _scenario.Bound);
        var state = await _scenario.Client.WaitForCompletionAsync(id, _scenario.Bound);
        Assert.True(state!.Status == OrchestrationStatus.Completed, state.Failure?.ToString());
        return state.ReadOutput<ReviewResult>()!;
    }
}
