using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Workflows.Lifecycle;
using Workflows.Trade;
using Workflows.Web.Hosting.Problems;
using Workflows.Web.Hosting.Requests;
using Workflows.Web.Hosting.Rows;
using Workflows.Web.Layout;
using Workflows.Web.Payments;
using Workflows.Web.Quotations;
using Workflows.Web.Rendering;

namespace Workflows.Web.Deals;

/// <summary>A deal's page and its forms.</summary>
internal static class DealPages
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var page = new ActionPage<DealId, DealPageReader>(
            routes, RowKind.Deal, "/deals", RouteIds.Deal, ShowAsync);
        page.MapPage();
        page.MapSignal<DealCommands, ReplyRequest, Deal>(
            "reply", Permissions.RecordReply, "The reply is recorded.", deals => deals.ReplyAsync);
        page.MapAction<QuotationCommands>(
            "quotation", Permissions.Quote, "The quotation is in. It goes out at once, or as soon as it is approved.",
            async (quotations, call) =>
            {
                var request = FormReader.Read<QuotationRequest>(call.Form, QuotationForm.FilledRows(call.Form));
                return (await quotations.OfferAsync(call.Id, request, call.Submission, call.Cancellation)).ToOutcome();
            });
        page.MapSignal<DealCommands, AnswerRequest, Deal>(
            "answer", Permissions.RecordAnswer, "The buyer's answer is recorded.", deals => deals.AnswerAsync);
        page.MapSignal<DealCommands, MilestoneRequest, Deal>(
            "milestone", Permissions.RecordMilestone, "The milestone is recorded.", deals => deals.ReachAsync);
        page.MapSignal<DealCommands, HandoverRequest, Deal>(
            "handover", Permissions.HandOver, "The deal is handed over.", deals => deals.HandOverAsync);
        page.MapSignal<DealCommands, GiveUpRequest, Deal>(
            "give-up", Permissions.GiveUp, "The deal is given up.", deals => deals.GiveUpAsync);
        page.MapSignal<DealCommands, DiscardRequest, Deal>(
            "spam", Permissions.Discard, "The inquiry is rejected as spam.", deals => deals.DiscardAsync);
        page.MapSignal<DealCommands, ReinstateRequest, Deal>(
            "reinstate", Permissions.Reinstate, "The deal goes on.", deals => deals.ReinstateAsync);
        page.MapAction<PaymentCommands>(
            "payment", Permissions.TakePayments, "The payment is taken in.", async (payments, call) =>
                (await payments.ReceiveAsync(call.Read<PaymentRequest>(), call.Submission, call.Cancellation))
                    .ToOutcome());
    }

    private static async Task<IResult> ShowAsync(
        DealId id, HttpContext context, DealPageReader reader, ActionReply reply)
    {
        var pageContext = PageContexts.Of(context, Area.Board) with { Notice = reply.Notice };
        return HtmlPage.Of<DealPage>(
            new()
            {
                [nameof(DealPage.PageContext)] = pageContext,
                [nameof(DealPage.View)] = await reader.ReadAsync(
                    id, BeforeOf(context), pageContext, context.RequestAborted),
                [nameof(DealPage.SubmittedValues)] = reply.Submitted,
            },
            reply.Status);
    }

    // Anything but a number is as if it was not there, as in other pages.
    private static int? BeforeOf(HttpContext context) =>
        int.TryParse(
            context.Request.Query["before"], NumberStyles.None, CultureInfo.InvariantCulture, out var before)
            && before > 0
            ? before
            : null;
}
