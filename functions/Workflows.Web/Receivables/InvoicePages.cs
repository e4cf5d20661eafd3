using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Workflows.Trade;
using Workflows.Web.Customers;
using Workflows.Web.Hosting.Problems;
using Workflows.Web.Hosting.Requests;
using Workflows.Web.Layout;
using Workflows.Web.Payments;
using Workflows.Web.Rendering;

namespace Workflows.Web.Receivables;

/// <summary>An invoice's page and its forms.</summary>
internal static class InvoicePages
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var page = new ActionPage<InvoiceId, InvoicePageReader>(routes, "/invoices", RouteIds.Invoice, ShowAsync);
        page.MapPage();
        page.MapAction<InvoiceCommands>(
            "promise", Permissions.ChangeInvoice, "The promise is recorded.", async (invoices, call) =>
                (await invoices.PromiseAsync(call.Id, call.Read<PromiseRequest>(), call.Submission, call.Cancellation))
                    .ToOutcome());
        page.MapAction<InvoiceCommands>(
            "dispute", Permissions.ChangeInvoice, "The dispute is recorded: that part is not chased.",
            async (invoices, call) =>
                (await invoices.DisputeAsync(call.Id, call.Read<DisputeRequest>(), call.Submission, call.Cancellation))
                    .ToOutcome());
        page.MapAction<InvoiceCommands>(
            "resolve", Permissions.ChangeInvoice, "The dispute has ended: all that is open is chased again.",
            async (invoices, call) =>
                (await invoices.ResolveAsync(
                    call.Id, call.Read<ResolutionRequest>(), call.Submission, call.Cancellation)).ToOutcome());
        page.MapAction<InvoiceCommands>(
            "write-off", Permissions.ChangeInvoice, "The write-off waits for approval.", async (invoices, call) =>
                (await invoices.WriteOffAsync(
                    call.Id, call.Read<WriteOffRequest>(), call.Submission, call.Cancellation)).ToOutcome());
        page.MapAction<InvoiceCommands>(
            "credit", Permissions.ChangeInvoice, "The customer's credit is on the invoice.", async (invoices, call) =>
                (await invoices.UseBalanceAsync(call.Id, call.Submission, call.Cancellation)).ToOutcome());
        page.MapAction<CustomerCommands>(
            "hold", Permissions.HoldCredit, "The customer's credit is on hold.", async (customers, call) =>
            {
                var customer = await call.Reader.CustomerOfAsync(call.Id, call.Cancellation);
                await customers.HoldAsync(
                    customer, call.Read<HoldRequest>(), call.Submission.By, call.Cancellation);
                return ActionOutcome.Done;
            });
        page.MapAction<CustomerCommands>(
            "release", Permissions.HoldCredit, "The customer's credit is released.", async (customers, call) =>
            {
                var customer = await call.Reader.CustomerOfAsync(call.Id, call.Cancellation);
                await customers.ReleaseAsync(customer, call.Cancellation);
                return ActionOutcome.Done;
            });
        page.MapAction<PaymentCommands>(
            "payment", Permissions.TakePayments, "The payment is taken in.", async (payments, call) =>
                (await payments.ReceiveAsync(call.Read<PaymentRequest>(), call.Submission.By, call.Cancellation))
                    .ToOutcome());
    }

    private static async Task<IResult> ShowAsync(
        InvoiceId id, HttpContext context, InvoicePageReader reader, ActionReply reply)
    {
        var pageContext = PageContexts.Of(context, Area.Receivables) with { Notice = reply.Notice };
        return HtmlPage.Of<InvoiceViewPage>(
            new()
            {
                [nameof(InvoiceViewPage.PageContext)] = pageContext,
                [nameof(InvoiceViewPage.View)] = await reader.ReadAsync(id, pageContext, context.RequestAborted),
                [nameof(InvoiceViewPage.SubmittedValues)] = reply.Submitted,
            },
            reply.Status);
    }
}
