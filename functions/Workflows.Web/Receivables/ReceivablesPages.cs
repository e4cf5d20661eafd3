using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Workflows.Receivables;
using Workflows.Trade;
using Workflows.Web.Hosting.Keys;
using Workflows.Web.Hosting.Problems;
using Workflows.Web.Hosting.Requests;
using Workflows.Web.Hosting.Rows;
using Workflows.Web.Layout;
using Workflows.Web.Payments;
using Workflows.Web.Rendering;

namespace Workflows.Web.Receivables;

/// <summary>The receivables page, and placing payments that wait.</summary>
internal static class ReceivablesPages
{
    private const int InvoicesPerPage = 50;
    private const int PaymentsShown = 50;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/receivables", (
            HttpContext context, VisibleRows rows, AgeingReport ageing, InvoiceService invoices,
            PaymentService payments) =>
            ShowAsync(context, rows, ageing, invoices, payments, Done(context))).ListsRows(RowKind.Invoice);
        MapAction<AssignmentRequest>(
            routes, "assign", (commands, request, by, cancellation) =>
                commands.AssignAsync(request, by, cancellation));
        MapAction<SettlementRequest>(
            routes, "settle", (commands, request, by, cancellation) =>
                commands.SettleAsync(request, by, cancellation));
    }

    private static void MapAction<TRequest>(
        IEndpointRouteBuilder routes,
        string name,
        Func<PaymentCommands, TRequest, StaffId, CancellationToken, Task<PaymentReceipt>> run) where TRequest : class =>
        routes.MapPost("/receivables/" + name, async (
            FormBody form, Actor actor, HttpContext context, VisibleRows rows, AgeingReport ageing,
            InvoiceService invoices, PaymentService payments, PaymentCommands commands) =>
        {
            try
            {
                await run(commands, FormReader.Read<TRequest>(form), actor.Id, context.RequestAborted);
                return SeeOther.To("/receivables?done=" + name);
            }
            catch (ProblemException problem) when (FormErrors.IsForTheForm(problem))
            {
                return await ShowAsync(
                    context, rows, ageing, invoices, payments, new Notice(NoticeKind.Refused, FormErrors.Of(problem)),
                    problem.Type.Status);
            }
        }).RequireAuthorization(Permissions.TakePayments).HasNoRow(PaymentEndpoints.WhoseverTheInvoiceIs);

    private static async Task<IResult> ShowAsync(
        HttpContext context, VisibleRows rows, AgeingReport ageing, InvoiceService invoices, PaymentService payments,
        Notice? notice, int code = StatusCodes.Status200OK)
    {
        var pageContext = PageContexts.Of(context, Area.Receivables) with { Notice = notice };
        var status = Enum.TryParse<InvoiceStatus>(context.Request.Query["status"], out var asked)
            && Enum.IsDefined(asked)
            ? asked
            : InvoiceStatus.Overdue;
        var rights = pageContext.Rights!;
        var page = await Paging.Of(InvoicesPerPage, context.Request.Query["cursor"])
            .ReadAsync((size, from) => rows.InvoicesAsync(
                rights, size, from,
                (most, start) => invoices.ListAsync(InvoiceFilter.Of(status), most, start, context.RequestAborted),
                context.RequestAborted));
        var view = new ReceivablesView(
            pageContext.May(Permissions.SeeAgeing)
                ? await ageing.ForAsync(
                    AsOf(context), rows.Counting(rights, context.RequestAborted), context.RequestAborted)
                : null,
            status,
            page,
            pageContext.May(Permissions.TakePayments)
                ? (await payments.ListOpenAsync(PaymentsShown, null, context.RequestAborted)).Items
                : []);
        return HtmlPage.Of<ReceivablesPage>(
            new() { [nameof(ReceivablesPage.PageContext)] = pageContext, [nameof(ReceivablesPage.View)] = view }, code);
    }

    private static DateOnly? AsOf(HttpContext context) => TimeGrammar.ReadDay(context.Request.Query["asOf"], "asOf");

    private static Notice? Done(HttpContext context) => context.Request.Query["done"].ToString() switch
    {
        "assign" => new Notice(NoticeKind.Done, "The payment is on the invoice."),
        "settle" => new Notice(NoticeKind.Done, "The payment is settled, and off the list."),
        _ => null,
    };
}
