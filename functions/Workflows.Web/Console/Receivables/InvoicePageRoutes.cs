using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Workflows.Receivables;
using Workflows.Trade;
using Workflows.Web.Api;
using Workflows.Web.Api.Receivables;
using Workflows.Web.Console.Shell;
using Workflows.Web.Forms;
using Workflows.Web.Keys;
using Workflows.Web.Problems;
using Workflows.Web.Requests;
using Workflows.Web.Sessions;

namespace Workflows.Web.Console.Receivables;

/// <summary>An invoice's page, and its forms.</summary>
internal static class InvoicePageRoutes
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var invoice = routes.MapGroup("/invoices/{id}");
        invoice.MapGet("", (string id, HttpContext context, InvoiceService service) =>
            ShowAsync(RouteIds.Invoice(id), context, service, SubmittedValues.Nothing, Done(context)));
        invoice.MapPost("/payment", PayAsync).RequireAuthorization(Access.Finance);
        invoice.MapPost("/promise", PromiseAsync).RequireAuthorization(Access.SalesOrFinance);
        invoice.MapPost("/dispute", DisputeAsync).RequireAuthorization(Access.SalesOrFinance);
        invoice.MapPost("/resolve", ResolveAsync).RequireAuthorization(Access.SalesOrFinance);
        invoice.MapPost("/write-off", WriteOffAsync).RequireAuthorization(Access.SalesOrFinance);
    }

    private static async Task<IResult> ShowAsync(
        InvoiceId id, HttpContext context, InvoiceService service, SubmittedValues submitted, Notice? notice, int status = StatusCodes.Status200OK)
    {
        var invoice = await service.FindAsync(id, context.RequestAborted) ?? throw new ProblemException(ProblemType.NotFound);
        return Page.Of<InvoiceViewPage>(
            new()
            {
                [nameof(InvoiceViewPage.PageContext)] = PageContexts.Of(context, Area.Receivables) with { Notice = notice },
                [nameof(InvoiceViewPage.View)] = new InvoiceView(invoice, await service.HistoryAsync(id, context.RequestAborted)),
                [nameof(InvoiceViewPage.SubmittedValues)] = submitted,
            },
            status);
    }

    private static Task<IResult> PayAsync(
        string id, FormBody form, Actor actor, HttpContext context, InvoiceService service, PaymentForms payments) =>
        SubmitAsync(id, "payment", form, context, service, () => payments.ReceiveAsync(form, actor, context.RequestAborted));

    private static Task<IResult> PromiseAsync(string id, FormBody form, SubmissionId submission, Actor actor, HttpContext context, InvoiceService service) =>
        SubmitAsync(id, "promise", form, context, service, async () => (await InvoiceRoutes.PromiseAsync(
            id, Body<PromiseRequest>.Of(new FormRequest(form).Text("date").Text("comment").Read<PromiseRequest>()),
            actor, submission.Operation, service, context.RequestAborted)).Result);

    private static Task<IResult> DisputeAsync(string id, FormBody form, SubmissionId submission, Actor actor, HttpContext context, InvoiceService service) =>
        SubmitAsync(id, "dispute", form, context, service, async () =>
        {
            var invoice = await service.FindAsync(RouteIds.Invoice(id), context.RequestAborted) ?? throw new ProblemException(ProblemType.NotFound);
            var request = new FormRequest(form).Text("reason").Text("until")
                .Money("amount", "amount", invoice.Amount.Currency.Code)
                .Read<DisputeRequest>();
            return (await InvoiceRoutes.DisputeAsync(
                id, Body<DisputeRequest>.Of(request), actor, submission.Operation, service, context.RequestAborted)).Result;
        });

    private static Task<IResult> ResolveAsync(string id, FormBody form, SubmissionId submission, Actor actor, HttpContext context, InvoiceService service) =>
        SubmitAsync(id, "resolve", form, context, service, async () => (await InvoiceRoutes.ResolveAsync(
            id, Body<ResolutionRequest>.Of(new FormRequest(form).Text("comment").Read<ResolutionRequest>()),
            actor, submission.Operation, service, context.RequestAborted)).Result);

    private static Task<IResult> WriteOffAsync(string id, FormBody form, SubmissionId submission, Actor actor, HttpContext context, InvoiceService service) =>
        SubmitAsync(id, "write-off", form, context, service, async () => (await InvoiceRoutes.WriteOffAsync(
            id, Body<WriteOffRequest>.Of(new FormRequest(form).Text("reason").Read<WriteOffRequest>()),
            actor, submission.Operation, service, context.RequestAborted)).Result);

    private static async Task<IResult> SubmitAsync(
        string id, string action, FormBody form, HttpContext context, InvoiceService service, Func<Task<IResult>> tell)
    {
        try
        {
            var how = await tell() switch
            {
                Accepted<Invoice> => "&slow=1",
                Created<PaymentReceipt> { Value.Outcome: not PaymentOutcome.Booked } => "&kept=1",
                _ => "",
            };
            return SeeOther.To($"/invoices/{Uri.EscapeDataString(id)}?done={action}{how}");
        }
        catch (ProblemException problem) when (FormErrors.IsForTheForm(problem))
        {
            var notice = new Notice(NoticeKind.Refused, FormErrors.Of(problem));
            return await ShowAsync(
                RouteIds.Invoice(id), context, service, new SubmittedValues(action, field => form[field]), notice, problem.Type.Status);
        }
    }

    private static Notice? Done(HttpContext context)
    {
        var text = context.Request.Query["done"].ToString() switch
        {
            "payment" => "The payment is taken in.",
            "promise" => "The promise is recorded.",
            "dispute" => "The dispute is recorded: that part is not chased.",
            "resolve" => "The dispute has ended: all that is open is chased again.",
            "write-off" => "The write-off waits for approval.",
            _ => null,
        };
        return text is null ? null
            : context.Request.Query.ContainsKey("kept") ? new Notice(NoticeKind.Waiting, "The payment is taken in, but not placed: see Receivables.")
            : context.Request.Query.ContainsKey("slow") ? new Notice(NoticeKind.Waiting, text + " Its effect will show in a moment.")
            : new Notice(NoticeKind.Done, text);
    }
}
