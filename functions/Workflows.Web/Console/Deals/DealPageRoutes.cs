using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Workflows.Lifecycle;
using Workflows.Policies;
using Workflows.Receivables;
using Workflows.Trade;
using Workflows.Web.Api;
using Workflows.Web.Api.Deals;
using Workflows.Web.Api.Quotations;
using Workflows.Web.Api.Receivables;
using Workflows.Web.Console.Receivables;
using Workflows.Web.Console.Shell;
using Workflows.Web.Forms;
using Workflows.Web.Idempotency;
using Workflows.Web.Keys;
using Workflows.Web.Problems;
using Workflows.Web.Requests;
using Workflows.Web.Sessions;

namespace Workflows.Web.Console.Deals;

/// <summary>A deal's page, and its forms: each is the API's own request, read from a form and told by the same code.</summary>
internal static class DealPageRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var deal = routes.MapGroup("/deals/{id}");
        deal.MapGet("", (string id, HttpContext context, DealPageReader reader) =>
            ShowAsync(RouteIds.Deal(id), context, reader, SubmittedValues.Nothing, notice: Done(context)));
        deal.MapPost("/reply", ReplyAsync).RequireAuthorization(Access.Sales);
        deal.MapPost("/quotation", QuoteAsync).RequireAuthorization(Access.Sales);
        deal.MapPost("/answer", AnswerAsync).RequireAuthorization(Access.Sales);
        deal.MapPost("/milestone", ReachAsync).RequireAuthorization(Access.Operations);
        deal.MapPost("/handover", HandOverAsync).RequireAuthorization(Access.Managers);
        deal.MapPost("/give-up", GiveUpAsync).RequireAuthorization(Access.Sales);
        deal.MapPost("/payment", PayAsync).RequireAuthorization(Access.Finance);
    }

    private static async Task<IResult> ShowAsync(
        DealId id, HttpContext context, DealPageReader reader, SubmittedValues submitted, Notice? notice, int status = StatusCodes.Status200OK)
    {
        var pageContext = PageContexts.Of(context, Area.Board) with { Notice = notice };
        return Page.Of<DealPage>(
            new()
            {
                [nameof(DealPage.PageContext)] = pageContext,
                [nameof(DealPage.View)] = await reader.ReadAsync(id, pageContext, context.RequestAborted),
                [nameof(DealPage.SubmittedValues)] = submitted,
            },
            status);
    }

    private static Task<IResult> ReplyAsync(
        string id, FormBody form, SubmissionId submission, Actor actor, HttpContext context, DealPageReader reader, DealSignals signals) =>
        SubmitAsync(id, "reply", form, context, reader, async () => (await DealRoutes.ReplyAsync(
            id, Body<ReplyRequest>.Of(new FormRequest(form).Text("channel").Read<ReplyRequest>()), actor, submission.Operation, signals, context.RequestAborted)).Result);

    private static Task<IResult> QuoteAsync(
        string id, FormBody form, SubmissionId submission, Actor actor, HttpContext context, DealPageReader reader, DealSignals signals, PolicyStore policies) =>
        SubmitAsync(id, "quotation", form, context, reader, async () => (await QuotationRoutes.OfferAsync(
            id, Body<QuotationRequest>.Of(QuotationOf(form)), actor, submission.Operation, signals, policies, context.RequestAborted)).Result);

    private static Task<IResult> AnswerAsync(
        string id, FormBody form, SubmissionId submission, Actor actor, HttpContext context, DealPageReader reader, DealService deals, DealSignals signals) =>
        SubmitAsync(id, "answer", form, context, reader, async () =>
        {
            var currency = (await deals.FindAsync(RouteIds.Deal(id), context.RequestAborted))?.Quotation?.Total.Currency.Code ?? "";
            var request = new FormRequest(form).Text("answer").Text("quotation").Text("purchaseOrder").Text("comment")
                .Money("counterPrice", "counterPrice", currency)
                .Read<AnswerRequest>();
            return (await DealRoutes.AnswerAsync(
                id, Body<AnswerRequest>.Of(request), actor, submission.Operation, deals, signals, context.RequestAborted)).Result;
        });

    private static Task<IResult> ReachAsync(
        string id, FormBody form, SubmissionId submission, Actor actor, HttpContext context, DealPageReader reader, DealService deals,
        DealSignals signals, PolicyStore policies, TimeProvider clock) =>
        SubmitAsync(id, "milestone", form, context, reader, async () => (await DealRoutes.ReachAsync(
            id,
            Body<MilestoneRequest>.Of(new FormRequest(form).Text("milestone").Text("date").Text("reference").Read<MilestoneRequest>()),
            actor, submission.Operation, deals, signals, policies, clock, context.RequestAborted)).Result);

    private static Task<IResult> HandOverAsync(
        string id, FormBody form, SubmissionId submission, Actor actor, HttpContext context, DealPageReader reader, DealSignals signals, PolicyStore policies) =>
        SubmitAsync(id, "handover", form, context, reader, async () => (await DealRoutes.HandOverAsync(
            id,
            Body<HandoverRequest>.Of(new FormRequest(form).Text("to").Text("reason").Read<HandoverRequest>()),
            actor, submission.Operation, signals, policies, context.RequestAborted)).Result);

    private static Task<IResult> GiveUpAsync(
        string id, FormBody form, SubmissionId submission, Actor actor, HttpContext context, DealPageReader reader, DealSignals signals) =>
        SubmitAsync(id, "give-up", form, context, reader, async () => (await DealRoutes.GiveUpAsync(
            id, Body<GiveUpRequest>.Of(new FormRequest(form).Text("reason").Read<GiveUpRequest>()), actor, submission.Operation, signals, context.RequestAborted)).Result);

    private static Task<IResult> PayAsync(
        string id, FormBody form, Actor actor, HttpContext context, DealPageReader reader, PaymentForms payments) =>
        SubmitAsync(id, "payment", form, context, reader, () => payments.ReceiveAsync(form, actor, context.RequestAborted));

    /// <summary>Does it; what the deal or the reader of the request refuses is shown in the form, with what was put in.</summary>
    private static async Task<IResult> SubmitAsync(
        string id, string action, FormBody form, HttpContext context, DealPageReader reader, Func<Task<IResult>> tell)
    {
        try
        {
            var how = await tell() switch
            {
                Accepted<DealResponse> => "&slow=1",
                Created<PaymentReceipt> { Value.Outcome: not PaymentOutcome.Booked } => "&kept=1",
                _ => "",
            };
            return SeeOther.To($"/deals/{Uri.EscapeDataString(id)}?done={action}{how}");
        }
        catch (ProblemException problem) when (FormErrors.IsForTheForm(problem))
        {
            var notice = new Notice(NoticeKind.Refused, FormErrors.Of(problem));
            return await ShowAsync(
                RouteIds.Deal(id), context, reader, new SubmittedValues(action, field => form[field]), notice, problem.Type.Status);
        }
    }

    private static QuotationRequest QuotationOf(FormBody form)
    {
        var currency = form["currency"];
        var lines = new JsonArray();
        for (var i = 0; i < QuotationForm.Rows; i++)
        {
            var line = new FormRequest(form)
                .Text("sku", $"sku{i}")
                .Text("description", $"description{i}")
                .Number("quantity", $"quantity{i}")
                .Money("listPrice", $"price{i}", currency)
                .Money("unitCost", $"cost{i}", currency);
            if (line.Part is { } part)
            {
                lines.Add(line.Text("unit", $"unit{i}").Part ?? part);
            }
        }

        return new FormRequest(form)
            .Put("lines", lines)
            .Put("delivery", new FormRequest(form).Text("incoterm").Text("place").Part)
            .Text("paymentTerms")
            .Number("discountPercent")
            .Number("validityDays")
            .Text("note")
            .Read<QuotationRequest>();
    }

    private static Notice? Done(HttpContext context)
    {
        var text = context.Request.Query["done"].ToString() switch
        {
            "reply" => "The reply is recorded.",
            "quotation" => "The quotation is in. It goes out at once, or as soon as it is approved.",
            "answer" => "The buyer's answer is recorded.",
            "milestone" => "The milestone is recorded.",
            "handover" => "The deal is handed over.",
            "give-up" => "The deal is given up.",
            "payment" => "The payment is taken in.",
            _ => null,
        };
        return text is null ? null
            : context.Request.Query.ContainsKey("kept") ? new Notice(NoticeKind.Waiting, "The payment is taken in, but not placed: see Receivables.")
            : context.Request.Query.ContainsKey("slow") ? new Notice(NoticeKind.Waiting, text + " Its effect will show in a moment.")
            : new Notice(NoticeKind.Done, text);
    }
}
