using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Workflows.Web.Inquiries.Webhooks;

namespace Workflows.Web.Tests.Inquiries.Webhooks;

public sealed class AlibabaPushTests
{
    private const string Body =
        """{"seller_id":"1234567","message_type":0,"data":{"order_status":"unpaid","trade_order_id":"260422900198363"},"timestamp":1603766859530,"site":"lazada_vn"}""";

    private const string Authorization = "1849c08ef17cb7a801031f01a51da0dffa52aee58364d928cfeed355134c81e2";

    private static readonly DateTimeOffset SentAt = DateTimeOffset.FromUnixTimeMilliseconds(1603766859530);

    private readonly AlibabaPush _adapter = new();

    [Fact]
    public void A_delivery_signed_as_the_platform_does_is_authentic() =>
        Assert.Null(Verify(Body, Authorization, SentAt).Problem);

    [Fact]
    public void A_delivery_with_one_byte_changed_is_not_authentic() =>
        Assert.Equal(
            "webhook-signature-invalid",
            Verify(Body.Replace("unpaid", "unpaiD", StringComparison.Ordinal), Authorization, SentAt).Problem?.Slug);

    [Theory]
    [InlineData("")]
    [InlineData("1849C08EF17CB7A801031F01A51DA0DFFA52AEE58364D928CFEED355134C81E2")]
    [InlineData("Bearer abc")]
    public void A_signature_that_is_not_lower_hexadecimal_is_a_header_problem(string authorization) =>
        Assert.Equal("webhook-header-invalid", Verify(Body, authorization, SentAt).Problem?.Slug);

    [Theory]
    [InlineData(1603766859530, 1603766859)]
    [InlineData(1603766859, 1603766859)]
    public void A_timestamp_in_milliseconds_or_seconds_is_read_by_its_size(long timestamp, long nowSeconds)
    {
        var body = Body.Replace(
            "1603766859530", timestamp.ToString(System.Globalization.CultureInfo.InvariantCulture),
            StringComparison.Ordinal);
        var now = DateTimeOffset.FromUnixTimeSeconds(nowSeconds);
        Assert.Null(Verify(body, Sign(body), now).Problem);
        Assert.Equal("webhook-signature-invalid", Verify(body, Sign(body), now.AddDays(1)).Problem?.Slug);
        Assert.Equal("webhook-signature-invalid", Verify(body, Sign(body), now.AddMinutes(-10)).Problem?.Slug);
    }

    [Fact]
    public void The_last_of_the_platforms_retries_is_still_taken() =>
        Assert.Null(Verify(Body, Authorization, SentAt.AddHours(6.5)).Problem);

    [Fact]
    public void A_platforms_inquiry_becomes_the_businesss_inquiry()
    {
        const string body =
            """{"seller_id":"null","message_type":100,"data":{"message_id":9007199254740993,"inquiry_id":"Q-9","buyer":{"name":"Ana","email":"ana@acme.es","country":"ES","member_years":3,"verified":true},"products":[{"name":"Pump","quantity":20,"unit":"pc","target_price":{"amount":"99.50","currency":"USD"}}],"content":"Hola","extra":1},"timestamp":1603766859530}""";
        var message = Assert.IsType<WebhookMessage.NewInquiry>(_adapter.Read(Delivery(body, "", SentAt)));
        Assert.Equal("m-9007199254740993", message.EventId);
        Assert.Equal("Q-9", message.Inquiry.PlatformInquiryId);
        Assert.Equal("ana@acme.es", message.Inquiry.Buyer.Email);
        Assert.Equal(99.50m, message.Inquiry.Products[0].TargetPrice!.Value.Amount);
    }

    [Fact]
    public void A_message_about_an_order_is_ignored() =>
        Assert.IsType<WebhookMessage.Other>(_adapter.Read(Delivery(Body, Authorization, SentAt)));

    private static string Sign(string body) => Convert.ToHexStringLower(HMACSHA256.HashData(
        Encoding.UTF8.GetBytes(WebHome.AlibabaSecret), Encoding.UTF8.GetBytes(WebHome.AlibabaKey + body)));

    private WebhookVerdict Verify(string body, string authorization, DateTimeOffset now) =>
        _adapter.Decide(new WebhookEnvelope(Source, HeadersOf(authorization), now), body);

    private WebhookDelivery Delivery(string body, string authorization, DateTimeOffset now) =>
        new(Source, HeadersOf(authorization), Encoding.UTF8.GetBytes(body), now);

    private WebhookSource Source => new(
        "alibaba", _adapter, [Encoding.UTF8.GetBytes(WebHome.AlibabaSecret)], WebHome.AlibabaKey, MaxAge: null,
        ["100"]);

    private static HeaderDictionary HeadersOf(string authorization) => new() { ["Authorization"] = authorization };
}
