using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Workflows.Receivables;
using Workflows.Trade;
using Workflows.Web.Customers;
using Workflows.Web.Hosting.Idempotency;
using Workflows.Web.Hosting.Keys;
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
        ["hold"] = "The customer's credit is on hold.",
        ["release"] = "The customer's credit is released.",
    };

    public static void Map(IEndpointRouteBuilder routes)
    {
        var invoice = routes.MapGroup("/invoices/{id}");
        invoice.MapGet("", (string id, HttpContext context, InvoicePageReader reader) =>
            ShowAsync(RouteIds.Invoice(id), context, reader, FormAction.ReplyOf(context, Done)));
        Action<PromiseRequest>("promise", (invoices, id, request, submission, cancellation) =>
            invoices.PromiseAsync(id, request, submission, cancellation));
        Action<DisputeRequest>("dispute", (invoices, id, request, submission, cancellation) =>
            invoices.DisputeAsync(id, request, submission, cancellation));
        Action<ResolutionRequest>("resolve", (invoices, id, request, submission, cancellation) =>
            invoices.ResolveAsync(id, request, submission, cancellation));
        Action<WriteOffRequest>("write-off", (invoices, id, request, submission, cancellation) =>
            invoices.WriteOffAsync(id, request, submission, cancellation));
        invoice.MapPost("/credit", UseBalanceAsync).RequireAuthorization(Permissions.ChangeInvoice);
        invoice.MapPost("/hold", HoldAsync).RequireAuthorization(Permissions.HoldCredit);
        invoice.MapPost("/release", ReleaseAsync).RequireAuthorization(Permissions.HoldCredit);
        invoice.MapPost("/payment", PayAsync).RequireAuthorization(Permissions.TakePayments);

        void Action<T>(
            string name,
            Func<InvoiceCommands, InvoiceId, T, Submission, CancellationToken, Task<InvoiceReceipt>> run)
            where T : class =>
            invoice.MapPost("/" + name, (
                    string id, FormBody form, Submission submission, HttpContext context, InvoicePageReader reader,
                    InvoiceCommands commands) =>
                    RunAsync(id, name, form, context, reader, async () => OutcomeOf(await run(
                        commands, RouteIds.Invoice(id), FormReader.Read<T>(form), submission, context.RequestAborted))))
                .RequireAuthorization(Permissions.ChangeInvoice);
    }

    private static async Task<IResult> ShowAsync(
        InvoiceId id, HttpContext context, InvoicePageReader reader, ActionReply reply)
    {
        var pageContext = PageContexts.Of(context, Area.Receivables) with { Notice = reply.Notice };
        return Page.Of<InvoiceViewPage>(
            new()
            {
                [nameof(InvoiceViewPage.PageContext)] = pageContext,
                [nameof(InvoiceViewPage.View)] = await reader.ReadAsync(id, pageContext, context.RequestAborted),
                [nameof(InvoiceViewPage.SubmittedValues)] = reply.Submitted,
            },
            reply.Status);
    }

    private static Task<IResult> PayAsync(
        string id, FormBody form, Actor actor, HttpContext context, InvoicePageReader reader,
        PaymentCommands commands) =>
        RunAsync(id, "payment", form, context, reader, async () =>
        {
            var request = FormReader.Read<PaymentRequest>(form);
            return (await commands.ReceiveAsync(request, actor.Id, context.RequestAborted)).ToOutcome();
        });

    private static Task<IResult> UseBalanceAsync(
        string id, FormBody form, Submission submission, HttpContext context, InvoicePageReader reader,
        InvoiceCommands commands) =>
        RunAsync(id, "credit", form, context, reader, async () => OutcomeOf(
            await commands.UseBalanceAsync(RouteIds.Invoice(id), submission, context.RequestAborted)));

    private static Task<IResult> HoldAsync(
        string id, FormBody form, Actor actor, HttpContext context, InvoicePageReader reader,
        CustomerCommands commands) =>
        RunAsync(id, "hold", form, context, reader, async () =>
        {
            var customer = await reader.CustomerOfAsync(RouteIds.Invoice(id), context.RequestAborted);
            await commands.HoldAsync(
                customer, FormReader.Read<HoldRequest>(form), actor.Id, context.RequestAborted);
            return ActionOutcome.Done;
        });

    private static Task<IResult> ReleaseAsync(
        string id, FormBody form, HttpContext context, InvoicePageReader reader, CustomerCommands commands) =>
        RunAsync(id, "release", form, context, reader, async () =>
        {
            var customer = await reader.CustomerOfAsync(RouteIds.Invoice(id), context.RequestAborted);
            await commands.ReleaseAsync(customer, context.RequestAborted);
            return ActionOutcome.Done;
        });

    private static Task<IResult> RunAsync(
        string id, string action, FormBody form, HttpContext context, InvoicePageReader reader,
        Func<Task<ActionOutcome>> run) =>
        FormAction.RunAsync(
            $"/invoices/{Uri.EscapeDataString(id)}", action, form, run,
            reply => ShowAsync(RouteIds.Invoice(id), context, reader, reply));

    private static ActionOutcome OutcomeOf(InvoiceReceipt receipt)
    {
        _ = receipt.InvoiceOrProblem();
        return receipt.Outcome == InvoiceOutcome.Accepted ? ActionOutcome.Slow : ActionOutcome.Done;
    }
}
