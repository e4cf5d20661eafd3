using Workflows.Azure.Mail;

namespace Workflows.Azure.Tests.Mail;

/// <summary>Where a request broke decides whether it may be repeated.</summary>
public class SendGridHttpClientTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Only_a_request_whose_body_was_begun_may_have_arrived(bool isHandedOver)
    {
        using var client = new HttpClient(new SendGridHttpClient(new Silence(isHandedOver)));
        var exception = await Assert.ThrowsAnyAsync<Exception>(
            () => client.PostAsync(new Uri("http://127.0.0.1/v3/mail/send"), new StringContent("mail")));
        Assert.Equal(
            isHandedOver ? typeof(TaskCanceledException) : typeof(NotHandedOverException), exception.GetType());
    }

    /// <summary>Says nothing until the wait is over, having read the request or not.</summary>
    private sealed class Silence(bool reads) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (reads)
            {
                await request.Content!.CopyToAsync(Stream.Null, cancellationToken);
            }

            throw new TaskCanceledException();
        }
    }
}
