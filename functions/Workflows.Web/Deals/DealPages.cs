using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Workflows.Lifecycle;
using Workflows.Signals;
using Workflows.Trade;
using Workflows.Web.Hosting.Idempotency;
using Workflows.Web.Hosting.Keys;
using Workflows.Web.Hosting.Requests;
using Workflows.Web.Layout;
using Workflows.Web.Payments;
using Workflows.Web.Quotations;
using Workflows.Web.Rendering;

namespace Workflows.Web.Deals;

/// <summary>A deal's page and its forms.</summary>
internal static class DealPages
{
    private static readonly Dictionary<string, string> Done = new()
    {
        ["reply"] = "The reply is recorded.",
        ["quotation"] = "The quotation is in. It goes out at once, or as soon as it is approved.",
        ["answer"] = "The buyer's answer is recorded.",
        ["milestone"] = "The milestone is recorded.",
        ["handover"] = "The deal is handed over.",
        ["give-up"] = "The deal is given up.",
        ["payment"] = "The payment is taken in.",
    };

    public static void Map(IEndpointRouteBuilder routes)
    {
        var deal = routes.MapGroup("/deals/{id}");
        deal.MapGet("", (string id, HttpContext context, DealPageReader reader) =>
            ShowAsync(RouteIds.Deal(id), context, reader, FormAction.ReplyOf(context, Done)));
        Action<ReplyRequest>("reply", Permissions.RecordReply, (deals, id, request, submission, cancellation) =>
            deals.ReplyAsync(id, request, submission, cancellation));
        Action<AnswerRequest>("answer", Permissions.RecordAnswer, (deals, id, request, submission, cancellation) =>
            deals.AnswerAsync(id, request, submission, cancellation));
        Action<MilestoneRequest>(
            "milestone", Permissions.RecordMilestone, (deals, id, request, submission, cancellation) =>
                deals.ReachAsync(id, request, submission, cancellation));
        Action<HandoverRequest>("handover", Permissions.HandOver, (deals, id, request, submission, cancellation) =>
            deals.HandOverAsync(id, request, submission, cancellation));
        Action<GiveUpRequest>("give-up", Permissions.GiveUp, (deals, id, request, submission, cancellation) =>
            deals.GiveUpAsync(id, request, submission, cancellation));
        deal.MapPost("/quotation", QuoteAsync).RequireAuthorization(Permissions.Quote);
        deal.MapPost("/payment", PayAsync).RequireAuthorization(Permissions.TakePayments);

        void Action<T>(
            string name, string access,
            Func<DealCommands, DealId, T, Submission, CancellationToken, Task<SignalReceipt<Deal>>> run)
            where T : class =>
            deal.MapPost("/" + name, (
                    string id, FormBody form, Submission submission, HttpContext context, DealPageReader reader,
                    DealCommands commands) =>
                    RunAsync(id, name, form, context, reader, async () => FormAction.OutcomeOf(await run(
                        commands, RouteIds.Deal(id), FormReader.Read<T>(form), submission, context.RequestAborted))))
                .RequireAuthorization(access);
    }

    private static async Task<IResult> ShowAsync(
        DealId id, HttpContext context, DealPageReader reader, ActionReply reply)
    {
        var pageContext = PageContexts.Of(context, Area.Board) with { Notice = reply.Notice };
        return Page.Of<DealPage>(
            new()
            {
                [nameof(DealPage.PageContext)] = pageContext,
                [nameof(DealPage.View)] = await reader.ReadAsync(id, pageContext, context.RequestAborted),
                [nameof(DealPage.SubmittedValues)] = reply.Submitted,
            },
            reply.Status);
    }

    private static Task<IResult> QuoteAsync(
        string id, FormBody form, Submission submission, HttpContext context, DealPageReader reader,
        QuotationCommands commands) =>
        RunAsync(id, "quotation", form, context, reader, async () => FormAction.OutcomeOf(await commands.OfferAsync(
            RouteIds.Deal(id), FormReader.Read<QuotationRequest>(form, QuotationForm.FilledRows(form)), submission,
            context.RequestAborted)));

    private static Task<IResult> PayAsync(
        string id, FormBody form, Actor actor, HttpContext context, DealPageReader reader, PaymentCommands commands) =>
        RunAsync(id, "payment", form, context, reader, async () =>
        {
            var request = FormReader.Read<PaymentRequest>(form);
            return (await commands.ReceiveAsync(request, actor.Id, context.RequestAborted)).ToOutcome();
        });

    private static Task<IResult> RunAsync(
        string id, string action, FormBody form, HttpContext context, DealPageReader reader,
        Func<Task<ActionOutcome>> run) =>
        FormAction.RunAsync(
            $"/deals/{Uri.EscapeDataString(id)}", action, form, run,
            reply => ShowAsync(RouteIds.Deal(id), context, reader, reply));
}
