using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Platform;
using Workflows.Web.Hosting.Keys;
using Workflows.Web.Hosting.Problems;
using Workflows.Web.Hosting.Requests;
using Workflows.Web.Hosting.Rows;
using Workflows.Web.Hosting.Security;
using Workflows.Web.Layout;
using Workflows.Web.Rendering;

namespace Workflows.Web.Mail;

/// <summary>The mail view: each mail as it was sent.</summary>
internal static class MailPages
{
    private const int PerPage = 50;

    /// <summary>Why a person who may send mails again may send any.</summary>
    public const string AllMails = "An administrator runs the home, and sees that its mails go out.";

    /// <summary>Of a mail's id.</summary>
    public const int LongestId = 200;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/mails", ListAsync).ListsRows(RowKind.Mail);
        routes.MapGet("/mails/{id}", ShowAsync).SeesRow(RowKind.Mail);
        routes.MapGet("/mails/{id}/html", ShowHtmlAsync).SeesRow(RowKind.Mail);
        var again = routes.MapGroup("/mails").RequireAuthorization(Permissions.Operate).HasNoRow(AllMails);
        again.MapPost("/{id}/resend", SendAgainAsync);
        again.MapPost("/resend", SendFailedAgainAsync);
    }

    private static async Task<IResult> ListAsync(
        string? about, string? status, string? cursor, HttpContext context, VisibleRows rows, IMailOutbox mails)
    {
        MailStatus? only = Enum.TryParse<MailStatus>(status, out var known) && Enum.IsDefined(known) ? known : null;
        var pageContext = PageContexts.Of(context, Area.Mails);
        var page = await Paging.Of(PerPage, cursor).ReadAsync((size, from) => rows.MailsAsync(
            pageContext.Rights!, size, from,
            pageContext.Actor!.MayRead,
            (most, start) => mails.QueryAsync(
                new MailQuery
                {
                    About = string.IsNullOrEmpty(about) ? null : about,
                    Status = only,
                    PageSize = most,
                    Continuation = start,
                },
                context.RequestAborted),
            context.RequestAborted));
        return HtmlPage.Of<MailListPage>(new()
        {
            [nameof(MailListPage.PageContext)] = pageContext with { Notice = Done(context) },
            [nameof(MailListPage.Mails)] = page,
            [nameof(MailListPage.Status)] = only,
            [nameof(MailListPage.About)] = string.IsNullOrEmpty(about) ? null : about,
        });
    }

    private static async Task<IResult> ShowAsync(
        string id, string? part, HttpContext context, IMailOutbox mails, IMailSecrets secrets)
    {
        var (record, linkIsHidden) = await FindAsync(id, context, mails, secrets);
        return HtmlPage.Of<MailViewPage>(new()
        {
            [nameof(MailViewPage.PageContext)] = PageContexts.Of(context, Area.Mails) with { Notice = Done(context) },
            [nameof(MailViewPage.Record)] = record,
            [nameof(MailViewPage.LinkIsHidden)] = linkIsHidden,
            [nameof(MailViewPage.AsText)] = part == "text",
        });
    }

    // Binding the form is what checks that it comes from our own page; these have nothing else in it.
    private static async Task<IResult> SendAgainAsync(
        string id, FormBody _, HttpContext context, Actor actor, MailCommands commands)
    {
        await commands.SendAgainAsync(actor, id, context.RequestAborted);
        return SeeOther.To($"/mails/{Uri.EscapeDataString(id)}?again=1");
    }

    private static async Task<IResult> SendFailedAgainAsync(
        FormBody _, HttpContext context, Actor actor, MailCommands commands)
    {
        var queued = await commands.SendFailedAgainAsync(actor, context.RequestAborted);
        return SeeOther.To(string.Create(CultureInfo.InvariantCulture, $"/mails?again={queued}"));
    }

    private static Notice? Done(HttpContext context) =>
        int.TryParse(
            context.Request.Query["again"], NumberStyles.None, CultureInfo.InvariantCulture, out var queued)
            ? new Notice(
                NoticeKind.Waiting,
                queued == 1 ? "The mail goes out again."
                    : string.Create(CultureInfo.InvariantCulture, $"{queued:N0} mails go out again."))
            : null;

    // The mail's own HTML, with a policy that lets it run nothing and its links open outside of the frame.
    private static async Task<IResult> ShowHtmlAsync(
        string id, HttpContext context, IMailOutbox mails, IMailSecrets secrets)
    {
        var (record, _) = await FindAsync(id, context, mails, secrets);
        SecurityHeaders.AllowMailFrame(context);
        var html = record.Mail.Html.Replace("<head>", "<head><base target=\"_blank\">", StringComparison.Ordinal);
        return Results.Text(html, "text/html", System.Text.Encoding.UTF8);
    }

    // A mail that is not theirs to read is not found, like one that is not there.
    private static async Task<ReadableMail> FindAsync(
        string id, HttpContext context, IMailOutbox mails, IMailSecrets secrets)
    {
        var pageContext = PageContexts.Of(context, Area.Mails);
        var (actor, rows) = (pageContext.Actor!, context.RequestServices.GetRequiredService<VisibleRows>());
        return id.Length <= LongestId && await mails.GetAsync(id, context.RequestAborted) is { } record
            && actor.MayRead(record)
            && await rows.LookAtAsync(pageContext.Rights!, record, context.RequestAborted) is { } fields
            ? await actor.ShowAsync(fields.Of(record), secrets, context.RequestAborted)
            : throw new ProblemException(ProblemType.NotFound);
    }
}
