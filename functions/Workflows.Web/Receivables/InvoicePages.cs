using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Workflows.Receivables;
using Workflows.Trade;
using Workflows.Web.Customers;
using Workflows.Web.Hosting.Problems;
using Workflows.Web.Hosting.Requests;
using Workflows.Web.Hosting.Rows;
using Workflows.Web.Layout;
using Workflows.Web.Payments;
using Workflows.Web.Rendering;

namespace Workflows.Web.Receivables;

/// <summary>An invoice's page and its forms.</summary>
internal static class InvoicePages
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var page = new ActionPage<InvoiceId, InvoicePageReader>(
            routes, RowKind.Invoice, "/invoices", RouteIds.Invoice, ShowAsync);
        page.MapPage();
        page.MapSignal<InvoiceCommands, PromiseRequest, Invoice>(
            "promise", Permissions.ChangeInvoice, "The promise is recorded.", invoices => invoices.PromiseAsync);
        page.MapSignal<InvoiceCommands, DisputeRequest, Invoice>(
            "dispute", Permissions.ChangeInvoice, "The dispute is recorded: that part is not chased.",
            invoices => invoices.DisputeAsync);
        page.MapSignal<InvoiceCommands, ResolutionRequest, Invoice>(
            "resolve", Permissions.ChangeInvoice, "The dispute has ended: its part is chased again.",
            invoices => invoices.ResolveAsync);
        page.MapSignal<InvoiceCommands, WriteOffRequest, Invoice>(
            "write-off", Permissions.ChangeInvoice, "The write-off waits for approval.",
            invoices => invoices.WriteOffAsync);
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
                (await payments.ReceiveAsync(call.Read<PaymentRequest>(), call.Submission, call.Cancellation))
                    .ToOutcome());
        MapTakeBack(page);
    }

    private static void MapTakeBack(ActionPage<InvoiceId, InvoicePageReader> page) =>
        page.MapAction<PaymentCommands>(
            "take-back", Permissions.TakePayments, "The payment is taken off the invoice.", async (payments, call) =>
            {
                await payments.TakeBackAsync(call.Read<ReversalRequest>(), call.Submission.By, call.Cancellation);
                return ActionOutcome.Done;
            });

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
