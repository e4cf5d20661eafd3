using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Workflows.Web;
using Workflows.Web.Hosting.Requests;
using Workflows.Web.Hosting.Rows;

namespace Workflows.Azure.Mail;

/// <summary>Takes SendGrid's event webhook. Events of mails that are not known are taken and ignored.</summary>
internal sealed class MailEventRoutes(
    SendGridSettings settings, MailEvents events, TimeProvider clock, ILogger<MailEventRoutes> log)
    : IHomeRoutes
{
    // SendGrid sends batches of up to a few hundred kilobytes.
    private const int LongestBody = 2 * 1024 * 1024;

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

        var headers = context.Request.Headers;
        var timestamp = headers[MailEventSignature.TimestampHeader];
        var signature = headers[MailEventSignature.SignatureHeader];
        if (!MailEventSignature.IsTimely(timestamp, clock.GetUtcNow()))
        {
            return Refuse("timestamp");
        }

        var body = await RawBody.ReadAsync(context, LongestBody);
        if (MailEventSignature.FindFault(key, timestamp, signature, body, clock.GetUtcNow()) is { } fault)
        {
            return Refuse(fault);
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

    private UnauthorizedHttpResult Refuse(string fault)
    {
        Log.MailEventsRefused(log, fault);
        return TypedResults.Unauthorized();
    }
}
