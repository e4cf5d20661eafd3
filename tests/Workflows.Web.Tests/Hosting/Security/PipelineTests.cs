using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Workflows.Web.Tests.Hosting.Security;

public sealed class PipelineTests(WebHome home) : IClassFixture<WebHome>
{
    [Theory]
    [InlineData("/health/live")]
    [InlineData("/sign-in")]
    [InlineData("/")]
    [InlineData("/nowhere")]
    [InlineData("/api/deals")]
    [InlineData("/api/approvals/unknown")]
    [InlineData("/problems/too-large")]
    public async Task Every_answer_forbids_the_browser_to_trust_anything(string path)
    {
        var answer = await home.Anonymous.GetAsync(path);
        var policy = Header("Content-Security-Policy");
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-inline", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("script-src", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Header("X-Content-Type-Options"));
        Assert.Equal("no-referrer", Header("Referrer-Policy"));
        Assert.Equal("DENY", Header("X-Frame-Options"));
        Assert.NotEmpty(Header("X-Request-Id"));
        Assert.Contains("no-store", Header("Cache-Control"), StringComparison.Ordinal);
        Assert.False(answer.Headers.Contains("Server"));

        string Header(string name) => string.Join(',', answer.Headers.GetValues(name));
    }

    [Fact]
    public async Task Unknown_paths_are_not_found_and_other_methods_are_named()
    {
        await (await home.Anonymous.GetAsync("/api/nowhere")).ProblemAsync(HttpStatusCode.NotFound, "not-found");
        var answer = await home.Anonymous.DeleteAsync("/health/live");
        await answer.ProblemAsync(HttpStatusCode.MethodNotAllowed, "method-not-allowed");
        Assert.Contains("GET", answer.Content.Headers.Allow);
    }

    [Fact]
    public async Task A_long_address_and_large_headers_are_refused_with_a_document()
    {
        var path = "/api/deals/" + new string('x', 4_100);
        await (await home.Anonymous.GetAsync(path)).ProblemAsync(HttpStatusCode.RequestUriTooLong, "uri-too-long");
        await RefusedAsync(request => request.Headers.Add("X-Long", new string('x', 8_200)));
        await RefusedAsync(request =>
        {
            foreach (var number in Enumerable.Range(0, 60))
            {
                request.Headers.Add($"X-Many-{number}", "x");
            }
        });

        async Task RefusedAsync(Action<HttpRequestMessage> change)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/deals");
            change(request);
            await (await home.Anonymous.SendAsync(request)).ProblemAsync(
                HttpStatusCode.RequestHeaderFieldsTooLarge, "headers-too-large");
        }
    }

    [Theory]
    [InlineData("x' or 1 eq 1 or 'a' eq '")]
    [InlineData("..%2f..")]
    [InlineData("%00")]
    [InlineData("'; drop table h;--")]
    public async Task Ids_that_cannot_be_ours_are_not_found(string id)
    {
        var answer = await home.Admin.GetAsync("/api/deals/" + id);
        Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.NotFound, HttpStatusCode.BadRequest });
        Assert.Equal(
            HttpStatusCode.NotFound, (await home.Admin.GetAsync("/api/deals/" + new string('x', 3000))).StatusCode);
    }

    [Theory]
    [InlineData("deals?limit=0", "limit")]
    [InlineData("deals?limit=1000", "limit")]
    [InlineData("deals?cursor=nonsense", "cursor")]
    [InlineData("deals?cursor=0.bnVsbA==", "cursor")] // null
    [InlineData("deals?cursor=0.WyJhIl0=", "cursor")] // ["a"]
    [InlineData("deals?cursor=0.WyJlbHNld2hlcmUiLCIiXQ==", "cursor")] // ["elsewhere",""]
    [InlineData("deals?stage=99", "stage")]
    [InlineData("deals?stage=Received,Quoted", "stage")]
    [InlineData("deals?stage=", "stage")]
    [InlineData("invoices?status=99", "status")]
    [InlineData("mails?status=0", "status")]
    [InlineData("instances?status=-1", "status")]
    public async Task Query_parameters_that_make_no_sense_are_named(string query, string parameter)
    {
        var problem = await (await home.Admin.GetAsync("/api/" + query))
            .ProblemAsync(HttpStatusCode.BadRequest, "query-invalid");
        Assert.Equal([parameter], problem.Pointers());
    }

    [Theory]
    [InlineData("deals?stage=quoted")]
    [InlineData("invoices?status=Overdue")]
    [InlineData("mails?status=Sent")]
    [InlineData("instances?status=Running")]
    public async Task Choices_are_taken_by_name(string query) =>
        Assert.Equal(HttpStatusCode.OK, (await home.Admin.GetAsync("/api/" + query)).StatusCode);

    [Theory]
    [InlineData(
        "payments", """{"reference":"slip","amount":{"amount":"1.00","currency":"USD"},"valueDate":"1900-01-01"}""",
        "/valueDate")]
    public async Task Days_that_cannot_be_meant_are_named(string path, string body, string pointer)
    {
        var answer = await home.Admin.SendAsync(WebHome.Post("/api/" + path, body, "slip-of-the-finger"));
        Assert.Equal(
            [pointer], (await answer.ProblemAsync(HttpStatusCode.UnprocessableEntity, "date-invalid")).Pointers());
    }

    [Fact]
    public async Task A_milestone_before_its_inquiry_is_named()
    {
        const string inquiry =
            """{"type":"inquiry.created","data":{"platformInquiryId":"Q-early","buyer":{"name":"A","email":"a@b.co"}}}""";
        var receipt = await (await home.Anonymous.SendAsync(WebHome.Signed("msg_early", inquiry))).JsonAsync();
        var path = $"/api/deals/{receipt.GetProperty("dealId").GetString()}/milestones";
        var answer = await home.Admin.SendAsync(WebHome.Post(path, """{"milestone":"Shipped","date":"1900-01-01"}"""));
        Assert.Equal(
            ["/date"], (await answer.ProblemAsync(HttpStatusCode.UnprocessableEntity, "date-invalid")).Pointers());
    }

    [Fact]
    public void Every_route_says_who_may_use_it()
    {
        var silent = home.Services.GetRequiredService<IEnumerable<EndpointDataSource>>()
            .SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            .Where(
                route => route.Metadata.GetMetadata<IAllowAnonymous>() is null
                    && route.Metadata.GetMetadata<IAuthorizeData>() is null)
            .Select(route => route.RoutePattern.RawText);
        Assert.Empty(silent);
    }

    [Fact]
    public async Task The_type_of_a_problem_leads_to_its_explanation()
    {
        var problem = await (await home.Anonymous.GetAsync("/api/nowhere")).JsonAsync();
        var type = new Uri(problem.GetProperty("type").GetString()!);
        Assert.Equal(HttpStatusCode.OK, (await home.Anonymous.GetAsync(type.AbsolutePath)).StatusCode);
    }

    [Fact]
    public async Task The_trace_that_a_caller_names_is_the_request_id_though_nobody_listens()
    {
        const string trace = "0af7651916cd43dd8448eb211c80319c";
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/nowhere");
        request.Headers.Add("traceparent", $"00-{trace}-b7ad6b7169203331-01");

        using var answer = await home.Anonymous.SendAsync(request);
        var problem = await answer.ProblemAsync(HttpStatusCode.NotFound, "not-found");

        Assert.Equal(trace, problem.GetProperty("requestId").GetString());
    }

    [Fact]
    public async Task Readiness_checks_storage_mail_and_orchestrations()
    {
        var report = await (await home.Anonymous.GetAsync("/health/ready")).JsonAsync();
        Assert.Equal("ok", report.GetProperty("status").GetString());
        Assert.Equal(
            ["storage", "mail", "orchestrations"],
            report.GetProperty("checks").EnumerateObject().Select(check => check.Name));
    }
}
