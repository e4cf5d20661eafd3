using System.Globalization;
using System.Net;
using System.Text.Json;
using SendGrid;
using SendGrid.Helpers.Mail;
using Workflows.Platform;

namespace Workflows.Azure.Mail;

/// <summary>
/// Hands a mail to SendGrid, once: the client has no retries, because a try that broke off after SendGrid took the mail
/// would send it twice. What cannot be known is said to be unknown.
/// </summary>
internal sealed class SendGridTransport(
    ISendGridClient client, SendGridSettings settings, TimeProvider clock) : IMailTransport
{
    /// <summary>The custom argument that brings our id back in SendGrid's events.</summary>
    public const string IdArgument = "mail_id";

    /// <summary>
    /// For a whole try. Shorter than <see cref="MailSender.LongestTry"/>: one that is under way is never taken for one
    /// that died.
    /// </summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private const int LongestReason = 500;

    public async Task<Delivery> SendAsync(OutgoingMail mail, CancellationToken cancellation)
    {
        using var timeout = new CancellationTokenSource(Timeout, clock);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        try
        {
            return await JudgeAsync(await client.SendEmailAsync(Compose(mail), end.Token));
        }
        catch (NotHandedOverException)
        {
            return new Delivery(DeliveryVerdict.Temporary, "SendGrid cannot be reached.");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return new Delivery(DeliveryVerdict.Unknown, "The line to SendGrid broke before it answered.");
        }
        catch (OperationCanceledException)
        {
            return new Delivery(DeliveryVerdict.Unknown, "SendGrid did not answer in time.");
        }
    }

    private SendGridMessage Compose(OutgoingMail mail)
    {
        var message = new SendGridMessage
        {
            From = ToAddress(settings.From),
            Subject = mail.Subject,
            PlainTextContent = mail.Text,
            HtmlContent = mail.Html,
            ReplyTo = mail.ReplyTo is { } replyTo ? ToAddress(replyTo) : null,
            Headers = new() { ["Auto-Submitted"] = "auto-generated" },
            CustomArgs = new() { [IdArgument] = mail.Id },
        };
        message.AddTo(ToAddress(mail.To));

        // Links in mails decide things: they are not to be rewritten, stored or followed by anybody else.
        message.SetClickTracking(enable: false, enableText: false);
        message.SetOpenTracking(enable: false);
        message.SetSandBoxMode(settings.IsSandbox);
        return message;
    }

    private static EmailAddress ToAddress(MailParty party) =>
        new(party.Address, party.Name.Length == 0 ? null : party.Name);

    private async Task<Delivery> JudgeAsync(Response response)
    {
        if (response.IsSuccessStatusCode)
        {
            response.Headers.TryGetValues("X-Message-Id", out var ids);
            return new Delivery(DeliveryVerdict.Sent, ProviderId: ids?.FirstOrDefault());
        }

        var reason = await ReasonOfAsync(response);
        return response.StatusCode switch
        {
            // Keys and sender verifications are put right without anybody touching the mail.
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new Delivery(DeliveryVerdict.Temporary, reason),
            HttpStatusCode.TooManyRequests =>
                new Delivery(DeliveryVerdict.Temporary, reason, RetryAfter: WaitOf(response)),
            // A gateway answered for a server that may have taken the mail.
            HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout => new Delivery(DeliveryVerdict.Unknown, reason),
            >= HttpStatusCode.InternalServerError =>
                new Delivery(DeliveryVerdict.Temporary, reason, RetryAfter: WaitOf(response)),
            _ => new Delivery(DeliveryVerdict.Permanent, reason),
        };
    }

    private TimeSpan? WaitOf(Response response)
    {
        if (response.Headers.RetryAfter?.Delta is { } wait)
        {
            return wait;
        }

        return response.Headers.TryGetValues("X-RateLimit-Reset", out var values)
            && long.TryParse(values.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            && DateTimeOffset.UnixEpoch.AddSeconds(
                Math.Min(seconds, uint.MaxValue)) - clock.GetUtcNow() is { Ticks: > 0 } rest
            ? rest
            : null;
    }

    private static async Task<string> ReasonOfAsync(Response response)
    {
        var status = $"SendGrid answered {(int)response.StatusCode}";
        try
        {
            using var json = JsonDocument.Parse(await response.Body.ReadAsStringAsync());
            var messages = json.RootElement.GetProperty("errors").EnumerateArray()
                .Select(error => error.GetProperty("message").GetString());
            return $"{status}: {string.Join(' ', messages)}".Beginning(LongestReason);
        }
        catch (Exception exception) when (
            exception is JsonException or KeyNotFoundException or InvalidOperationException or IOException
            or HttpRequestException)
        {
            return status + ".";
        }
    }
}
