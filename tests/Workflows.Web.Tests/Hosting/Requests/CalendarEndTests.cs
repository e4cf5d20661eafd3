using System.Net;

namespace Workflows.Web.Tests.Hosting.Requests;

/// <summary>Days at the ends of the calendar are the sender's mistake wherever a day comes in.</summary>
public sealed class CalendarEndTests(TradingHome home) : IClassFixture<TradingHome>
{
    public static TheoryData<string> Days => ["0001-01-01", "1899-12-31", "9001-01-01", "9999-12-31"];

    [Theory]
    [MemberData(nameof(Days))]
    public async Task A_day_out_of_range_in_an_address_is_named(string day)
    {
        foreach (var path in new[] { "/api/receivables/ageing", "/receivables" })
        {
            var answer = await home.Web.Admin.GetAsync($"{path}?asOf={day}");
            var problem = await answer.ProblemAsync(HttpStatusCode.UnprocessableEntity, "date-invalid");
            Assert.Equal(["asOf"], problem.Pointers());
        }
    }

    [Theory]
    [MemberData(nameof(Days))]
    public async Task A_day_out_of_range_in_a_command_is_named(string day)
    {
        var invoice = await home.InvoiceAsync();
        var deal = invoice[..^"-I1".Length];
        (string Path, string Body, string Pointer)[] commands =
        [
            ($"/api/invoices/{invoice}/disputes", $$"""{"reason":"Rust","until":"{{day}}"}""", "/until"),
            ($"/api/invoices/{invoice}/promises", $$"""{"date":"{{day}}"}""", "/date"),
            ($"/api/deals/{deal}/milestones", $$"""{"milestone":"Shipped","date":"{{day}}"}""", "/date"),
            ("/api/payments",
                $$$"""{"reference":"B","amount":{"amount":"1.00","currency":"USD"},"valueDate":"{{{day}}}"}""",
                "/valueDate"),
        ];
        foreach (var (path, body, pointer) in commands)
        {
            var answer = await home.Web.Admin.SendAsync(WebHome.Post(path, body, home.Unique("calendar-end")));
            var problem = await answer.ProblemAsync(HttpStatusCode.UnprocessableEntity, "date-invalid");
            Assert.Equal([pointer], problem.Pointers());
        }
    }

    [Theory]
    [InlineData("0001-01")]
    [InlineData("1899-12")]
    [InlineData("9001-01")]
    [InlineData("9999-12")]
    public async Task A_month_out_of_range_is_refused(string month)
    {
        var review = await home.Web.Admin.SendAsync(
            WebHome.Post($"/api/reviews/{month}", "{}", home.Unique("calendar-end")));
        await review.ProblemAsync(HttpStatusCode.UnprocessableEntity, "date-invalid");
        foreach (var path in new[] { $"/api/reviews/{month}", $"/reviews/{month}" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await home.Web.Admin.GetAsync(path)).StatusCode);
        }
    }

    [Theory]
    [InlineData("1900-01-01")]
    [InlineData("9000-12-31")]
    public async Task The_last_days_in_range_are_counted(string day)
    {
        foreach (var path in new[] { "/api/receivables/ageing", "/receivables" })
        {
            Assert.Equal(HttpStatusCode.OK, (await home.Web.Admin.GetAsync($"{path}?asOf={day}")).StatusCode);
        }
    }
}
