using System.Buffers;
using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Web.Inquiries.Webhooks;

namespace Workflows.Web.Tests.Inquiries.Webhooks;

/// <summary>A platform that nobody has heard of is one class.</summary>
public sealed class AnotherPlatformTests : IAsyncLifetime
{
    private readonly WebHome _home = new()
    {
        Configure = options =>
            options.Webhooks.Sources["souk"] = new WebhookSourceOptions { Secrets = { "open-sesame" } },
        Replace = services => services.AddSingleton<IWebhookAdapter, Souk>(),
    };

    public Task InitializeAsync() => _home.InitializeAsync();

    public Task DisposeAsync() => _home.DisposeAsync();

    [Fact]
    public async Task Its_inquiries_start_deals_and_forgeries_do_not()
    {
        var answer = await _home.Anonymous.SendAsync(Delivery("open-sesame"));
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.NotNull((await answer.JsonAsync()).GetProperty("dealId").GetString());
        await (await _home.Anonymous.SendAsync(Delivery("guessed")))
            .ProblemAsync(HttpStatusCode.Unauthorized, "webhook-signature-invalid");
    }

    [Fact]
    public async Task Its_headers_are_described()
    {
        var description = await _home.Anonymous.GetStringAsync("/openapi/v1.json");
        Assert.Contains("X-Souk-Secret", description, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_scheme_of_ours_makes_secrets_that_it_takes()
    {
        Assert.Equal(["standard", "alibaba"], WebhookSchemes.Secrets.Keys);
        Assert.All(_home.Services.GetServices<IWebhookAdapter>(), adapter =>
            Assert.NotEmpty(adapter.DecodeSecret(adapter.MakeSecret().Secret)));
    }

    private static HttpRequestMessage Delivery(string secret)
    {
        var request = WebHome.Post("/api/webhooks/souk", """
            {"type":"inquiry.created","data":{"platformInquiryId":"S-1",
            "buyer":{"name":"Ali","email":"ali@souk.example"},"message":"Please quote."}}
            """);
        request.Headers.Add("X-Souk-Secret", secret);
        return request;
    }

    private sealed class Souk : IWebhookAdapter
    {
        public string Scheme => "souk";

        public IReadOnlyList<WebhookHeader> Headers { get; } = [new("X-Souk-Secret", "Scheme souk: the secret.")];

        public IReadOnlyList<string> InquiryTypes => [];

        public NewWebhookSecret MakeSecret() => new("open-sesame", AppKey: null);

        public byte[] DecodeSecret(string secret) => Encoding.UTF8.GetBytes(secret);

        public WebhookVerdict Check(WebhookEnvelope envelope) =>
            envelope.Source.Secrets.Any(secret => Encoding.UTF8.GetString(secret) == envelope.Headers["X-Souk-Secret"])
                ? WebhookVerdict.Authentic
                : WebhookVerdict.NotAuthentic("signature");

        public WebhookVerdict Verify(WebhookEnvelope envelope, ReadOnlySequence<byte> body) => WebhookVerdict.Authentic;

        public WebhookMessage Read(WebhookDelivery delivery) =>
            InquiryEvents.Read(delivery.EventId ?? "souk-1", delivery);
    }
}
