using System.Text;
using Workflows.Trade;
using Workflows.Web.Hosting.Problems;
using Workflows.Web.Hosting.Requests;

namespace Workflows.Web.Tests.Hosting.Requests;

public sealed class StrictJsonTests
{
    internal sealed record Sample(
        string Name,
        Money? Price = null,
        decimal? Quantity = null,
        int? Count = null,
        DateOnly? Day = null,
        DateTimeOffset? At = null,
        [Email] string? Email = null,
        [Paragraph(50)] string? Note = null,
        Incoterm? Term = null,
        IReadOnlyList<Part>? Parts = null,
        bool Flag = false);

    internal sealed record Part([Positive] decimal Weight);

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"x\"")]
    [InlineData("1")]
    [InlineData("""{"name":"a",}""")]
    [InlineData("""{"name":"a"}{}""")]
    [InlineData("""{"name":"a"} x""")]
    [InlineData("""{"name":"a"/*x*/}""")]
    [InlineData("""{"name":"a","name":"b"}""")]
    [InlineData("""{"name":"\ud800"}""")]
    [InlineData("""{"\ud800":1}""")]
    [InlineData("""{"name":"a","count":01}""")]
    [InlineData("""{"name":"a","count":NaN}""")]
    [InlineData("""{"name":"a","quantity":.5}""")]
    [InlineData("""{"name":"a","quantity":5.}""")]
    [InlineData("{\"name\":\"a\nb\"}")]
    public void What_is_not_one_proper_object_is_malformed(string body) =>
        AssertProblem(Encoding.UTF8.GetBytes(body), "malformed-json", 400);

    [Fact]
    public void Bytes_that_are_not_utf8_are_malformed()
    {
        AssertProblem([.. "{\"name\":\""u8, 0xC3, 0x28, .. "\"}"u8], "malformed-json", 400);
        AssertProblem([.. "{\"name\":\""u8, 0xC0, 0xAF, .. "\"}"u8], "malformed-json", 400);
        AssertProblem([0xEF, 0xBB, 0xBF, .. "{\"name\":\"a\"}"u8], "malformed-json", 400);
        AssertProblem(Encoding.Unicode.GetBytes("""{"name":"a"}"""), "malformed-json", 400);
    }

    [Fact]
    public void Deep_and_wide_bodies_are_refused_within_bounds()
    {
        AssertProblem(Encoding.UTF8.GetBytes(new string('[', 10_000)), "malformed-json", 400);
        var wide = "{\"name\":\"a\"," + string.Join(',', Enumerable.Range(0, 100_000).Select(i => $"\"k{i}\":1")) + "}";
        var problem = AssertProblem(Encoding.UTF8.GetBytes(wide), "unknown-member", 400);
        Assert.InRange(problem.Errors!.Count, 1, 51);
    }

    [Theory]
    [InlineData("""{"name":1}""", "wrong-type", "/name")]
    [InlineData("""{"name":null}""", "wrong-type", "/name")]
    [InlineData("""{"name":"a","quantity":"1.5"}""", "wrong-type", "/quantity")]
    [InlineData("""{"name":"a","count":1.0}""", "wrong-type", "/count")]
    [InlineData("""{"name":"a","count":1e3}""", "wrong-type", "/count")]
    [InlineData("""{"name":"a","price":12.5}""", "wrong-type", "/price")]
    [InlineData("""{"name":"a","price":{"amount":12.5,"currency":"USD"}}""", "wrong-type", "/price/amount")]
    [InlineData("""{"name":"a","flag":"true"}""", "wrong-type", "/flag")]
    [InlineData("""{"name":"a","parts":[{"weight":1},{"weight":"2"}]}""", "wrong-type", "/parts/1/weight")]
    [InlineData("""{"name":"a","isAdmin":true}""", "unknown-member", "/isAdmin")]
    [InlineData("""{"name":"a","$type":"System.IO.FileInfo"}""", "unknown-member", "/$type")]
    [InlineData("""{"Name":"a","name":"b"}""", "unknown-member", "/Name")]
    [InlineData("""{"name":"a","a/b~c":1}""", "unknown-member", "/a~1b~0c")]
    [InlineData("""{}""", "missing-member", "/name")]
    [InlineData("""{"name":"a","price":{"amount":"1.00"}}""", "missing-member", "/price/currency")]
    public void A_wrong_shape_is_named_by_pointer(string body, string slug, string pointer) =>
        Assert.Equal(
            [pointer], AssertProblem(Encoding.UTF8.GetBytes(body), slug, 400).Errors!.Select(error => error.Pointer));

    [Theory]
    [InlineData("12.505", "EUR", "money-scale")]
    [InlineData("10.5", "JPY", "money-scale")]
    [InlineData("1.2345", "KWD", "money-scale")]
    [InlineData("0.1000000000000000000000000000001", "USD", "money-scale")]
    [InlineData("1,50", "USD", "money-invalid")]
    [InlineData("-1.00", "USD", "money-invalid")]
    [InlineData("+1.00", "USD", "money-invalid")]
    [InlineData("1e3", "USD", "money-invalid")]
    [InlineData("01.00", "USD", "money-invalid")]
    [InlineData(".50", "USD", "money-invalid")]
    [InlineData("5.", "USD", "money-invalid")]
    [InlineData("١٢", "USD", "money-invalid")]
    [InlineData("1234567890123456.00", "USD", "out-of-range")]
    public void An_amount_that_is_not_exact_is_named(string amount, string currency, string slug)
    {
        var body = $$$"""{"name":"a","price":{"amount":"{{{amount}}}","currency":"{{{currency}}}"}}""";
        Assert.Equal("/price/amount", AssertProblem(Encoding.UTF8.GetBytes(body), slug, 422).Errors![0].Pointer);
    }

    [Theory]
    [InlineData("eur")]
    [InlineData("EURO")]
    [InlineData("XXX")]
    [InlineData("ЕUR")]
    public void A_currency_that_is_not_in_use_is_named(string currency)
    {
        var body = $$$"""{"name":"a","price":{"amount":"1","currency":"{{{currency}}}"}}""";
        AssertProblem(Encoding.UTF8.GetBytes(body), "currency-invalid", 422);
    }

    [Theory]
    [InlineData("day", "2026-02-30")]
    [InlineData("day", "2026-2-3")]
    [InlineData("day", "0001-01-01")]
    [InlineData("day", "9999-12-31")]
    [InlineData("at", "2026-03-08T02:30:00")]
    [InlineData("at", "2026-03-08T24:00:00Z")]
    [InlineData("at", "2026-03-08T02:30:60Z")]
    [InlineData("at", "2026-03-08 02:30:00Z")]
    [InlineData("at", "2026-03-08T02:30Z")]
    public void A_date_that_is_none_is_named(string member, string value) =>
        Assert.Equal("/" + member, AssertProblem(
            Encoding.UTF8.GetBytes($$$"""{"name":"a","{{{member}}}":"{{{value}}}"}"""), "date-invalid",
            422).Errors![0].Pointer);

    [Theory]
    [InlineData("a@b.co\\r\\nBcc: x@y.z")]
    [InlineData("Bob <a@b.co>")]
    [InlineData("a@b.co,c@d.co")]
    [InlineData("=cmd|'/c calc'!A1@b.co")]
    [InlineData("a\\u202e@b.co")]
    [InlineData("a@[127.0.0.1]")]
    [InlineData("\\\"x@evil.com\\\"@b.co")]
    [InlineData("a@b")]
    [InlineData("@b.co")]
    [InlineData("a..b@c.co")]
    public void An_email_that_is_no_plain_address_is_named(string email) =>
        AssertProblem(Encoding.UTF8.GetBytes($$$"""{"name":"a","email":"{{{email}}}"}"""), "email-invalid", 422);

    [Theory]
    [InlineData("anna@acme.com")]
    [InlineData("Anna+fair@Acme.com")]
    [InlineData("o'brien@mail.example.co.uk")]
    [InlineData("sales&export@acme.com")]
    [InlineData("anna@bücher.example")]
    public void A_plain_email_is_taken(string email) =>
        Assert.Equal(email, Read($$$"""{"name":"a","email":"{{{email}}}"}""").Email);

    [Theory]
    [InlineData("Bob\\r\\nBcc: v@x.y")]
    [InlineData("  ")]
    [InlineData("a\\u0000b")]
    [InlineData("a\\u202eb")]
    public void A_line_that_is_none_is_named(string name) =>
        AssertProblem(Encoding.UTF8.GetBytes($$$"""{"name":"{{{name}}}"}"""), "text-invalid", 422);

    [Fact]
    public void Several_errors_are_said_at_once()
    {
        var problem = AssertProblem(
            Encoding.UTF8.GetBytes("""{"name":"a\nb","day":"2026-02-30","term":"FOX","parts":[{"weight":0}]}"""),
            "validation-failed", 422);
        Assert.Equal(
            ["/name:text-invalid", "/day:date-invalid", "/term:choice-invalid", "/parts/0/weight:out-of-range"],
            problem.Errors!.Select(error => $"{error.Pointer}:{error.Code}"));
    }

    [Fact]
    public void Every_member_is_read_exactly()
    {
        var sample = Read(
            """{"name":"<img src=x onerror=alert(1)>","price":{"amount":"1234.50","currency":"USD"},"quantity":0.125,"count":7,"day":"2028-02-29","at":"2026-03-08T02:30:00.5+01:00","note":"one\ntwo","term":"fob","parts":[{"weight":2}],"flag":true}""");
        Assert.Equal("<img src=x onerror=alert(1)>", sample.Name);
        Assert.Equal(Money.Of(1234.50m, "USD"), sample.Price);
        Assert.Equal(0.125m, sample.Quantity);
        Assert.Equal(new DateOnly(2028, 2, 29), sample.Day);
        Assert.Equal(new DateTimeOffset(2026, 3, 8, 1, 30, 0, 500, TimeSpan.Zero), sample.At!.Value.ToUniversalTime());
        Assert.Equal(Incoterm.FOB, sample.Term);
        Assert.Equal(2m, Assert.Single(sample.Parts!).Weight);
        Assert.True(sample.Flag);
    }

    private static Sample Read(string body) => StrictJson.Read<Sample>(Encoding.UTF8.GetBytes(body));

    private static ProblemException AssertProblem(byte[] body, string slug, int status)
    {
        var problem = Assert.Throws<ProblemException>(() => StrictJson.Read<Sample>(body));
        Assert.Equal(slug, problem.Type.Slug);
        Assert.Equal(status, problem.Type.Status);
        return problem;
    }
}
