using System.Text;
using Workflows.Azure.Mail;

namespace Workflows.Azure.Tests.Mail;

/// <summary>The vector that SendGrid publishes with its libraries.</summary>
public class MailEventSignatureTests
{
    public const string Key =
        "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE83T4O/n84iotIvIW4mdBgQ/7dAfSmpqIM8kF9mN1flpVKS3GRqe62gw+2fNNRaINXvVpiglSI8eNEc6wEA3F+g==";

    private const string Timestamp = "1600112502";
    private const string Signature =
        "MEUCIGHQVtGj+Y3LkG9fLcxf3qfI10QysgDWmMOVmxG0u6ZUAiEAyBiXDWzM+uOe5W0JuG+luQAbPIqHh89M15TluLtEZtM=";

    private const string Body =
        """[{"email":"hello@world.com","event":"dropped","reason":"Bounced Address","sg_event_id":"ZHJvcC0xMDk5NDkxOS1MUnpYbF9OSFN0T0doUTRrb2ZTbV9BLTA","sg_message_id":"LRzXl_NHStOGhQ4kofSm_A.filterdrecv-p3mdw1-756b745b58-kmzbl-18-5F5FC76C-9.0","smtp-id":"<LRzXl_NHStOGhQ4kofSm_A@ismtpd0039p1iad1.sendgrid.net>","timestamp":1600112492}]"""
        + "\r\n";

    private static readonly DateTimeOffset Then = DateTimeOffset.FromUnixTimeSeconds(1600112502);

    [Fact]
    public void The_published_vector_is_authentic() => Assert.Null(Find(Timestamp, Signature, Body, Then));

    [Fact]
    public void The_bodys_last_line_break_is_signed_too() =>
        Assert.Equal("signature", Find(Timestamp, Signature, Body.TrimEnd(), Then));

    [Theory]
    [InlineData(300, null)]
    [InlineData(-300, null)]
    [InlineData(301, "timestamp")]
    [InlineData(-301, "timestamp")]
    public void A_signature_is_good_for_five_minutes(int later, string? fault) =>
        Assert.Equal(fault, Find(Timestamp, Signature, Body, Then.AddSeconds(later)));

    [Theory]
    [InlineData("1600112503", Signature, "signature")]
    [InlineData(null, Signature, "timestamp")]
    [InlineData("", Signature, "timestamp")]
    [InlineData(" 1600112502", Signature, "timestamp")]
    [InlineData("1600112502", null, "signature")]
    [InlineData("1600112502", "", "signature")]
    [InlineData("1600112502", "AAAA", "signature")]
    [InlineData("1600112502", "not base64!", "signature")]
    public void Anything_else_is_not_authentic(string? timestamp, string? signature, string fault) =>
        Assert.Equal(fault, Find(timestamp, signature, Body, Then));

    private static string? Find(string? timestamp, string? signature, string body, DateTimeOffset now) =>
        MailEventSignature.FindFault(Key, timestamp, signature, Encoding.UTF8.GetBytes(body), now);
}
