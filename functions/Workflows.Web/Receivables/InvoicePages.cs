using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Workflows.Receivables;
using Workflows.Trade;
using Workflows.Web.Hosting.Idempotency;
using Workflows.Web.Hosting.Keys;
using Workflows.Web.Hosting.Problems;
using Workflows.Web.Hosting.Requests;
using Workflows.Web.Layout;
using Workflows.Web.Payments;
using Workflows.Web.Rendering;

namespace Workflows.Web.Receivables;

/// <summary>An invoice's page and its forms.</summary>
internal static class InvoicePages
{
    private static readonly Dictionary<string, string> Done = new()
    {
        ["payment"] = "The payment is taken in.",
        ["promise"] = "The promise is recorded.",
        ["dispute"] = "The dispute is recorded: that part is not chased.",
        ["resolve"] = "The dispute has ended: all that is open is chased again.",
        ["write-off"] = "The write-off waits for approval.",
        ["credit"] = "The customer's credit is on the invoice.",
    };

    public static void Map(IEndpointRouteBuilder routes)
    {
        var invoice = routes.MapGroup("/invoices/{id}");
        invoice.MapGet("", (string id, HttpContext context, InvoiceService service) =>
            ShowAsync(RouteIds.Invoice(id), context, service, FormAction.ReplyOf(context, Done)));
        Action<PromiseRequest>("promise", (invoices, id, request, submission, cancellation) =>
            invoices.PromiseAsync(id, request, submission, cancellation));
        Action<DisputeRequest>("dispute", (invoices, id, request, submission, cancellation) =>
            invoices.DisputeAsync(id, request, submission, cancellation));
        Action<ResolutionRequest>("resolve", (invoices, id, request, submission, cancellation) =>
            invoices.ResolveAsync(id, request, submission, cancellation));
        Action<WriteOffRequest>("write-off", (invoices, id, request, submission, cancellation) =>
            invoices.WriteOffAsync(id, request, submission, cancellation));
        invoice.MapPost("/credit", UseCreditAsync).RequireAuthorization(Permissions.ChangeInvoice);
        invoice.MapPost("/payment", PayAsync).RequireAuthorization(Permissions.TakePayments);

        void Action<T>(
            string name,
            Func<InvoiceCommands, InvoiceId, T, Submission, CancellationToken, Task<InvoiceReceipt>> run) where T : class =>
            invoice.MapPost("/" + name, (
                    string id, FormBody form, Submission submission, HttpContext context, InvoiceService service,
                    InvoiceCommands commands) =>
                    RunAsync(id, name, form, context, service, async () => OutcomeOf(await run(
                        commands, RouteIds.Invoice(id), FormReader.Read<T>(form), submission, context.RequestAborted))))
                .RequireAuthorization(Permissions.ChangeInvoice);
    }

    private static async Task<IResult> ShowAsync(
        InvoiceId id, HttpContext context, InvoiceService service, ActionReply reply)
    {
        var invoice = await service.FindAsync(id, context.RequestAborted) ?? throw new ProblemException(ProblemType.NotFound);
        var history = await service.HistoryAsync(id, context.RequestAborted);
        return Page.Of<InvoiceViewPage>(
            new()
            {
                [nameof(InvoiceViewPage.PageContext)] =
                    PageContexts.Of(context, Area.Receivables) with { Notice = reply.Notice },
                [nameof(InvoiceViewPage.View)] = new InvoiceView(invoice, history),
                [nameof(InvoiceViewPage.SubmittedValues)] = reply.Submitted,
            },
            reply.Status);
    }

    private static Task<IResult> PayAsync(
        string id, FormBody form, Actor actor, HttpContext context, InvoiceService service, PaymentCommands commands) =>
        RunAsync(id, "payment", form, context, service, async () =>
            (await commands.ReceiveAsync(FormReader.Read<PaymentRequest>(form), actor.Id, context.RequestAborted)).ToOutcome());

    private static Task<IResult> UseCreditAsync(
        string id, FormBody form, Submission submission, HttpContext context, InvoiceService service,
        InvoiceCommands commands) =>
        RunAsync(id, "credit", form, context, service, async () => OutcomeOf(
            await commands.UseCreditAsync(RouteIds.Invoice(id), submission, context.RequestAborted)));

    private static Task<IResult> RunAsync(
        string id, string action, FormBody form, HttpContext context, InvoiceService service,
        Func<Task<ActionOutcome>> run) =>
        FormAction.RunAsync(
            $"/invoices/{Uri.EscapeDataString(id)}", action, form, run,
            reply => ShowAsync(RouteIds.Invoice(id), context, service, reply));

    private static ActionOutcome OutcomeOf(InvoiceReceipt receipt)
    {
        _ = receipt.InvoiceOrProblem();
        return receipt.Outcome == InvoiceOutcome.Accepted ? ActionOutcome.Slow : ActionOutcome.Done;
    }
}
