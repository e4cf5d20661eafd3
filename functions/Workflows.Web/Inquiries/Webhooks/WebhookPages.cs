using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Workflows.Web.Hosting.Keys;
using Workflows.Web.Hosting.Requests;
using Workflows.Web.Layout;
using Workflows.Web.Rendering;

namespace Workflows.Web.Inquiries.Webhooks;

/// <summary>What came in by webhook; for what made no sense another try, or an end.</summary>
internal static class WebhookPages
{
    private const int LatestShown = 25;
    private const int DeadShown = 10;
    private const int BodyShown = 4000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        var admin = routes.MapGroup("/webhooks").RequireAuthorization(Permissions.Operate);
        admin.MapGet("", ShowAsync);
        admin.MapPost("/{source}/{eventId}/retry", RetryAsync);
        admin.MapPost("/{source}/{eventId}/dismiss", DismissAsync);
    }

    private static async Task<IResult> ShowAsync(
        string? of, string? from, HttpContext context, WebhookSources sources, WebhookInbox inbox,
        DeadLetters deadLetters, WebhookCounters counters)
    {
        var views = new List<SourceView>();
        foreach (var source in sources.All.OrderBy(source => source.Name, StringComparer.Ordinal))
        {
            var skip = of == source.Name
                && int.TryParse(from, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : 0;
            var (dead, open) = await deadLetters.OpenAsync(source.Name, skip, DeadShown, context.RequestAborted);
            var latest = await inbox.LatestAsync(source.Name, LatestShown, context.RequestAborted);
            views.Add(new SourceView(
                source.Name,
                source.Adapter.Scheme,
                [.. counters.Counts.Where(count => count.Key.Source == source.Name)
                    .Select(count => (count.Key.Verdict, count.Value))
                    .Order()],
                [
                    .. latest.Select(
                        entry => new DeliveryView(
                            entry.EventId, entry.Type, entry.Verdict, entry.Deal, entry.ReceivedAt, entry.Bytes)),
                ],
                [.. dead.Select(View)],
                skip,
                open));
        }

        return HtmlPage.Of<WebhookPage>(new()
        {
            [nameof(WebhookPage.PageContext)] = PageContexts.Of(context, Area.Webhooks) with { Notice = Done(context) },
            [nameof(WebhookPage.View)] = new WebhookView(views),
        });
    }

    // Binding the form is what checks that it comes from our own page; these have nothing else in it.
    private static async Task<IResult> RetryAsync(
        string source, string eventId, FormBody _, HttpContext context, DeadLetterCommands commands, Actor actor) =>
        SeeOther.To(await commands.RetryAsync(actor, source, eventId, context.RequestAborted) switch
        {
            null => "/webhooks?retried=vain",
            { DealId: { } deal } => $"/deals/{Uri.EscapeDataString(deal)}",
            _ => "/webhooks?retried=done",
        });

    private static async Task<IResult> DismissAsync(
        string source, string eventId, FormBody _, HttpContext context, DeadLetterCommands commands, Actor actor)
    {
        await commands.DismissAsync(actor, source, eventId, context.RequestAborted);
        return SeeOther.To("/webhooks?retried=dismissed");
    }

    private static DeadView View(DeadLetter letter)
    {
        var body = Encoding.UTF8.GetString(letter.Body.AsSpan(0, Math.Min(letter.Body.Length, BodyShown)));
        return new DeadView(
            letter.EventId,
            letter.Type,
            letter.Reason,
            [.. letter.Errors.Select(error => $"{error.Pointer} {error.Detail}")],
            letter.Body.Length > BodyShown ? body + "\n…" : body,
            letter.ReceivedAt);
    }

    private static Notice? Done(HttpContext context) => context.Request.Query["retried"].ToString() switch
    {
        "done" => new Notice(NoticeKind.Done, "It made sense this time."),
        "dismissed" => new Notice(NoticeKind.Done, "It is done with. Its copy stays as long as every delivery's does."),
        "vain" => new Notice(NoticeKind.Refused, "It still makes no sense. It is kept."),
        _ => null,
    };
}
