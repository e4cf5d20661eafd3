using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Workflows.Platform;
using Workflows.Web.Hosting.Keys;
using Workflows.Web.Hosting.Problems;
using Workflows.Web.Hosting.Requests;
using Workflows.Web.Layout;
using Workflows.Web.Rendering;

namespace Workflows.Web.Operations;

/// <summary>The state of the home, for its administrators.</summary>
internal static class OperationsPages
{
    private const int Counted = 1000;
    private const int PerPage = 50;
    private const int LongestPrefix = 100;
    private const int NoQueue = -1;
    private const int LoggedEntries = 20;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var admin = routes.MapGroup("/operations").RequireAuthorization(Permissions.Operate);
        admin.MapGet("", ShowAsync);
        admin.MapPost("/poison/{queue}/retry", RetryAllAsync);
        admin.MapPost("/poison/{queue}/{id}/retry", RetryAsync);
        admin.MapPost("/poison/{queue}/{id}/forget", ForgetAsync);
    }

    // Binding the form is what checks that it comes from our own page; these have nothing else in it.
    private static async Task<IResult> RetryAsync(
        string queue, string id, FormBody _, HttpContext context, PoisonMessages poison, AdminLog log, Actor actor)
    {
        if (!IsKey(queue)
            || !IsKey(id)
            || !await log.RecordAsync(
                actor, "retry poison message", $"{queue}/{id}", reason: null,
                () => poison.PutBackAsync(queue, id, actor.Id.Value, context.RequestAborted), context.RequestAborted))
        {
            throw new ProblemException(ProblemType.NotFound);
        }

        return SeeOther.To("/operations?poison=back");
    }

    private static async Task<IResult> RetryAllAsync(
        string queue, FormBody _, HttpContext context, PoisonMessages poison, AdminLog log, Actor actor)
    {
        if (!IsKey(queue) || await log.RecordAsync(
                actor, "retry all poison messages", queue, reason: null,
                async () => await poison.PutAllBackAsync(queue, actor.Id.Value, context.RequestAborted) ?? NoQueue,
                context.RequestAborted) == NoQueue)
        {
            throw new ProblemException(ProblemType.NotFound);
        }

        return SeeOther.To("/operations?poison=back");
    }

    private static async Task<IResult> ForgetAsync(
        string queue, string id, FormBody _, HttpContext context, PoisonMessages poison, AdminLog log, Actor actor) =>
        IsKey(queue) && IsKey(id) && await log.RecordAsync(
            actor, "forget poison message", $"{queue}/{id}", reason: null,
            () => poison.ForgetAsync(queue, id, actor.Id.Value, context.RequestAborted), context.RequestAborted)
            ? SeeOther.To("/operations")
            : throw new ProblemException(ProblemType.NotFound);

    private static bool IsKey(string text) =>
        text.Length <= LongestPrefix && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');

    private static Notice? Done(HttpContext context) => context.Request.Query["poison"].ToString() switch
    {
        "back" => new Notice(NoticeKind.Done, "In line again. What fails again comes back here."),
        _ => null,
    };

    private static async Task<IResult> ShowAsync(
        string? status, string? prefix, string? cursor, HttpContext context, IOrchestrationClient client,
        IMailOutbox mails, PoisonMessages poison, AdminLog log)
    {
        var aborted = context.RequestAborted;
        var counts = new List<(OrchestrationStatus, int, bool)>();
        foreach (var each in Enum.GetValues<OrchestrationStatus>())
        {
            var page = await client.QueryAsync(
                new InstanceQuery { Statuses = [each], PageSize = Counted }, aborted);
            counts.Add((each, page.Items.Count, page.Continuation is not null));
        }

        var undelivered = new List<(MailStatus, int, bool)>();
        foreach (var each in Enum.GetValues<MailStatus>().Where(each => each != MailStatus.Sent))
        {
            var page = await mails.QueryAsync(new MailQuery { Status = each, PageSize = Counted }, aborted);
            undelivered.Add((each, page.Items.Count, page.Continuation is not null));
        }

        var shown = Enum.TryParse<OrchestrationStatus>(status, out var known) && Enum.IsDefined(known)
            ? known
            : OrchestrationStatus.Running;
        var from = prefix?.Trim() is { Length: > 0 and <= LongestPrefix } text ? text : "";
        var instances = await Paging.Of(PerPage, cursor).ReadAsync((size, next) => client.QueryAsync(
            new InstanceQuery
            {
                Statuses = [shown],
                IdPrefix = from == "" ? null : from,
                PageSize = size,
                Continuation = next,
            },
            aborted));
        return HtmlPage.Of<OperationsPage>(new()
        {
            [nameof(OperationsPage.PageContext)] =
                PageContexts.Of(context, Area.Operations) with { Notice = Done(context) },
            [nameof(OperationsPage.View)] = new OperationsView(
                counts, undelivered, await poison.LatestAsync(PerPage, aborted), shown, from, instances,
                (await log.ListAsync(LoggedEntries, continuation: null, aborted)).Items),
        });
    }
}
