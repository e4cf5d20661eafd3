using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Workflows.Platform;
using Workflows.Web.Hosting.Keys;
using Workflows.Web.Hosting.OpenApi;
using Workflows.Web.Hosting.Requests;
using Workflows.Web.Hosting.Rows;

namespace Workflows.Web.Mail;

/// <summary>A mail as it was sent, and what became of it.</summary>
/// <param name="Kind">What sort of mail it is, such as <c>approval-requested</c>.</param>
/// <param name="About">The deal, review or other subject it belongs to.</param>
/// <param name="Text">The plain text part.</param>
/// <param name="LinkIsHidden">Its link is taken out of the text, because it is for the addressee alone.</param>
internal sealed record MailEntry(
    string Id,
    MailParty To,
    string Subject,
    string Kind,
    string About,
    MailStatus Status,
    DateTimeOffset EnqueuedAt,
    DateTimeOffset? SentAt,
    int Attempts,
    string? Error,
    string Text,
    bool LinkIsHidden)
{
    public static MailEntry Of(ReadableMail readable)
    {
        var (record, linkIsHidden) = readable;
        return new MailEntry(
            record.Mail.Id, record.Mail.To, record.Mail.Subject, record.Mail.Kind, record.Mail.About,
            record.Status, record.EnqueuedAt, record.SentAt, record.Attempts, record.Error, record.Mail.Text,
            linkIsHidden);
    }
}

/// <summary>Mails that go out again.</summary>
/// <param name="Queued">How many.</param>
internal sealed record MailsQueued(int Queued);

/// <summary>The mails of a home, as far as the caller may read them.</summary>
internal static class MailEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/mails", ListAsync)
            .RequireAuthorization(Permissions.SeeMails)
            .ListsRows(RowKind.Mail)
            .WithTags("Mails")
            .WithSummary("List your mails and those to buyers, newest first; an admin lists everybody's")
            .WithDescription(
                "A page holds what is left of it when others' mails are taken out; it may be empty while there is a "
                    + "next one. A link that decides is shown to its addressee alone.")
            .Problems(400, 401, 403, 429);
        var again = api.MapGroup("/mails")
            .RequireAuthorization(Permissions.Operate)
            .HasNoRow(MailPages.AllMails)
            .WithTags("Mails");
        again.MapPost("/{id}/resend", SendAgainAsync)
            .WithSummary("Send a mail again that failed, or that may have gone out")
            .Problems(401, 403, 404, 409, 429, 503);
        again.MapPost("/resend", SendFailedAgainAsync)
            .WithSummary("Send all mails again that failed")
            .WithDescription(
                "The newest first, 1,000 at most: call it again for the rest. Those that may have gone out are sent "
                    + "again one by one.")
            .Problems(401, 403, 429, 503);
    }

    private static async Task<Ok<ListPage<MailEntry>>> ListAsync(
        string? about, string? kind, [Choice(typeof(MailStatus))] string? status, int? limit, string? cursor,
        RowRights rights, VisibleRows rows, IMailOutbox mails, IMailSecrets secrets, CancellationToken cancellation)
    {
        var only = Paging.ChoiceOf<MailStatus>("status", status);
        var page = await Paging.Of(limit, cursor).ReadAsync((size, from) => rows.MailsAsync(
            rights, size, from, rights.Actor.MayRead,
            (most, start) => mails.QueryAsync(
                new MailQuery { About = about, Status = only, PageSize = most, Continuation = start }, cancellation),
            cancellation));
        var entries = new List<MailEntry>();
        foreach (var record in page.Items.Where(record => kind is null || record.Mail.Kind == kind))
        {
            entries.Add(MailEntry.Of(await rights.Actor.ShowAsync(record, secrets, cancellation)));
        }

        return TypedResults.Ok(new ListPage<MailEntry>(entries, page.Continuation));
    }

    private static async Task<Accepted<MailsQueued>> SendAgainAsync(
        string id, Actor actor, MailCommands commands, CancellationToken cancellation)
    {
        await commands.SendAgainAsync(actor, id, cancellation);
        return TypedResults.Accepted((string?)null, new MailsQueued(1));
    }

    private static async Task<Accepted<MailsQueued>> SendFailedAgainAsync(
        Actor actor, MailCommands commands, CancellationToken cancellation) =>
        TypedResults.Accepted(
            (string?)null, new MailsQueued(await commands.SendFailedAgainAsync(actor, cancellation)));
}
