using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Workflows.Web.Inquiries.Webhooks;

namespace Workflows.Web.Tests.Inquiries.Webhooks;

/// <summary>Against the published vector of Standard Webhooks, at its own time.</summary>
public sealed class StandardWebhooksTests
{
    private const string Id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private const string Body = """{"test": 2432232314}""";
    private const string Signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    private const long Timestamp = 1614265330;

    private readonly StandardWebhooks _adapter = new();

    [Fact]
    public void The_published_vector_is_authentic() => Assert.Null(Verify().Problem);

    [Theory]
    [InlineData("webhook-id")]
    [InlineData("webhook-timestamp")]
    [InlineData("webhook-signature")]
    public void A_header_that_is_missing_or_there_twice_is_a_header_problem(string header)
    {
        Assert.Equal("webhook-header-invalid", Verify(change: headers => headers.Remove(header)).Problem?.Slug);
        Assert.Equal(
            "webhook-header-invalid",
            Verify(change: headers => headers[header] = new StringValues([headers[header]!, "x"])).Problem?.Slug);
    }

    [Theory]
    [InlineData(" 1614265330")]
    [InlineData("+1614265330")]
    [InlineData("1614265330.0")]
    [InlineData("1e9")]
    [InlineData("0x10")]
    [InlineData("１６１４２６５３３０")]
    [InlineData("1614265330\0")]
    [InlineData("-1")]
    public void A_timestamp_of_other_than_plain_digits_is_a_header_problem(string timestamp) =>
        Assert.Equal(
            "webhook-header-invalid",
            Verify(change: headers => headers["webhook-timestamp"] = timestamp).Problem?.Slug);

    [Theory]
    [InlineData("999999999999")]
    [InlineData("922337203685477580")]
    [InlineData("0")]
    public void A_timestamp_far_away_is_refused_and_never_throws(string timestamp) =>
        Assert.Equal(
            "webhook-signature-invalid",
            Verify(change: headers => headers["webhook-timestamp"] = timestamp).Problem?.Slug);

    [Theory]
    [InlineData(301, false)]
    [InlineData(300, true)]
    [InlineData(-300, true)]
    [InlineData(-301, false)]
    public void A_timestamp_is_taken_within_five_minutes_both_ways(int age, bool authentic) =>
        Assert.Equal(authentic, Verify(now: Timestamp + age).Problem is null);

    [Theory]
    [InlineData("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLawdd")]
    [InlineData("v1a,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    [InlineData("v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    [InlineData("V1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    [InlineData("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OF=")]
    [InlineData("g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")]
    public void Any_other_signature_is_not_authentic(string signature) =>
        Assert.Equal(
            "webhook-signature-invalid",
            Verify(change: headers => headers["webhook-signature"] = signature).Problem?.Slug);

    [Fact]
    public void One_good_signature_in_a_list_is_authentic() =>
        Assert.Null(
            Verify(change: headers => headers["webhook-signature"] = $"v2,abc v1,AAAA {Signature} v1a,xyz").Problem);

    [Theory]
    [InlineData(4, true)]
    [InlineData(5, false)]
    public void Only_the_first_five_signatures_of_a_list_are_tried(int others, bool isAuthentic)
    {
        var list = string.Join(' ', Enumerable.Repeat("v1,AAAA", others).Append("v2,abc").Append(Signature));

        Assert.Equal(isAuthentic, Verify(change: headers => headers["webhook-signature"] = list).Problem is null);
    }

    [Fact]
    public void A_signature_that_fits_one_of_several_secrets_is_authentic() =>
        Assert.Null(
            Verify(secrets: ["whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"]).Problem);

    [Theory]
    [InlineData("""{"test": 2432232314} """)]
    [InlineData("""{"test":2432232314}""")]
    [InlineData("")]
    public void Another_body_is_not_authentic(string body) =>
        Assert.Equal("webhook-signature-invalid", Verify(body: body).Problem?.Slug);

    [Theory]
    [InlineData("a.1")]
    [InlineData("a\r\nb")]
    [InlineData("ä")]
    public void An_id_of_other_characters_is_a_header_problem(string id) =>
        Assert.Equal("webhook-header-invalid", Verify(change: headers => headers["webhook-id"] = id).Problem?.Slug);

    [Fact]
    public void A_secret_that_is_too_short_is_refused() =>
        Assert.Throws<FormatException>(() => _adapter.DecodeSecret("whsec_AAAA"));

    private WebhookVerdict Verify(
        string body = Body, long now = Timestamp, Action<HeaderDictionary>? change = null, string[]? secrets = null)
    {
        var headers = new HeaderDictionary
        {
            ["webhook-id"] = Id,
            ["webhook-timestamp"] = Timestamp.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["webhook-signature"] = Signature,
        };
        change?.Invoke(headers);
        var keys = (secrets ?? [WebHome.StandardSecret]).Select(_adapter.DecodeSecret).ToArray();
        var source = new WebhookSource("standard", _adapter, keys, "", MaxAge: null, []);
        return _adapter.Decide(new WebhookEnvelope(source, headers, DateTimeOffset.FromUnixTimeSeconds(now)), body);
    }
}
