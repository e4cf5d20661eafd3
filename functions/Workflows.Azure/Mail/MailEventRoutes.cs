using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Workflows.Web;
using Workflows.Web.Hosting.Rows;

namespace Workflows.Azure.Mail;

/// <summary>Takes SendGrid's event webhook. Events of mails that are not known are taken and ignored.</summary>
internal sealed class MailEventRoutes(
    SendGridSettings settings, MailEvents events, TimeProvider clock, ILogger<MailEventRoutes> log)
    : IHomeRoutes
{
    // SendGrid sends batches of up to a few hundred kilobytes.
    private const int LongestBody = 5 * 1024 * 1024;

    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/mail/events", (Delegate)ReceiveAsync)
            .AllowAnonymous()
            .HasNoRow("SendGrid proves itself by a signature.")
            .ExcludeFromDescription();

    private async Task<IResult> ReceiveAsync(HttpContext context)
    {
        if (settings.EventKey is not { } key)
        {
            return Results.NotFound();
        }

        if (await ReadAsync(context) is not { } body)
        {
            return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        }

        var headers = context.Request.Headers;
        var fault = MailEventSignature.FindFault(
            key, headers[MailEventSignature.TimestampHeader], headers[MailEventSignature.SignatureHeader], body,
            clock.GetUtcNow());
        if (fault is not null)
        {
            Log.MailEventsRefused(log, fault);
            return Results.Unauthorized();
        }

        try
        {
            await events.ApplyAsync(MailEvent.ReadAll(body), context.RequestAborted);
            return Results.Accepted();
        }
        catch (JsonException)
        {
            Log.MailEventsRefused(log, "not an array of events");
            return Results.BadRequest();
        }
    }

    private static async Task<byte[]?> ReadAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await context.Request.Body.ReadAsync(buffer, context.RequestAborted)) > 0)
        {
            body.Write(buffer, 0, read);
            if (body.Length > LongestBody)
            {
                return null;
            }
        }

        return body.ToArray();
    }
}
