using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Azure.Functions.Worker;

namespace Workflows.Azure.Durable.Functions;

/// <summary>
/// One function for each activity of the business, under its recorded name. Azure Functions finds functions by their
/// methods, so the list is written out; a test holds it against the catalogue.
/// </summary>
public sealed class Activities(ActivityRunner runner)
{
    // The lifecycle and inquiries.

    [Function(nameof(PublishDeal))]
    public Task<JsonElement> PublishDeal([ActivityTrigger] ActivityCall call, CancellationToken stopping) =>
        RunAsync(call, stopping);

    [Function(nameof(RefuseDealSignal))]
    public Task<JsonElement> RefuseDealSignal([ActivityTrigger] ActivityCall call, CancellationToken stopping) =>
        RunAsync(call, stopping);

    [Function(nameof(RefuseInvoiceSignal))]
    public Task<JsonElement> RefuseInvoiceSignal([ActivityTrigger] ActivityCall call, CancellationToken stopping) =>
        RunAsync(call, stopping);

    [Function(nameof(QualifyInquiry))]
    public Task<JsonElement> QualifyInquiry([ActivityTrigger] ActivityCall call, CancellationToken stopping) =>
        RunAsync(call, stopping);

    [Function(nameof(AssignOwner))]
    public Task<JsonElement> AssignOwner([ActivityTrigger] ActivityCall call, CancellationToken stopping) =>
        RunAsync(call, stopping);

    [Function(nameof(HandOverDeal))]
    public Task<JsonElement> HandOverDeal([ActivityTrigger] ActivityCall call, CancellationToken stopping) =>
        RunAsync(call, stopping);

    // Quotations and orders.

    [Function(nameof(PriceQuotation))]
    public Task<JsonElement> PriceQuotation([ActivityTrigger] ActivityCall call, CancellationToken stopping) =>
        RunAsync(call, stopping);

    [Function(nameof(ConfirmOrder))]
    public Task<JsonElement> ConfirmOrder([ActivityTrigger] ActivityCall call, CancellationToken stopping) =>
        RunAsync(call, stopping);

    [Function(nameof(CancelOrder))]
    public Task<JsonElement> CancelOrder([ActivityTrigger] ActivityCall call, CancellationToken stopping) =>
        RunAsync(call, stopping);

    [Function(nameof(CheckCredit))]
    public Task<JsonElement> CheckCredit([ActivityTrigger] ActivityCall call, CancellationToken stopping) =>
        RunAsync(call, stopping);

    [Function(nameof(GrantCredit))]
    public Task<JsonElement> GrantCredit([ActivityTrigger] ActivityCall call, CancellationToken stopping) =>
        RunAsync(call, stopping);

    // Approvals.

    [Function(nameof(OpenApproval))]
    public Task<JsonElement> OpenApproval([ActivityTrigger] ActivityCall call, CancellationToken stopping) =>
        RunAsync(call, stopping);

    [Function(nameof(AskApprover))]
    public Task<JsonElement> AskApprover([ActivityTrigger] ActivityCall call, CancellationToken stopping) =>
        RunAsync(call, stopping);

    [Function(nameof(RemindApprover))]
    public Task<JsonElement> RemindApprover([ActivityTrigger] ActivityCall call, CancellationToken stopping) =>
        RunAsync(call, stopping);

    [Function(nameof(CloseApproval))]
    public Task<JsonElement> CloseApproval([ActivityTrigger] ActivityCall call, CancellationToken stopping) =>
        RunAsync(call, stopping);

    // Receivables.

    [Function(nameof(SendInvoice))]
    public Task<JsonElement> SendInvoice([ActivityTrigger] ActivityCall call, CancellationToken stopping) =>
        RunAsync(call, stopping);

    [Function(nameof(SaveInvoice))]
    public Task<JsonElement> SaveInvoice([ActivityTrigger] ActivityCall call, CancellationToken stopping) =>
        RunAsync(call, stopping);

    [Function(nameof(SendReminder))]
    public Task<JsonElement> SendReminder([ActivityTrigger] ActivityCall call, CancellationToken stopping) =>
        RunAsync(call, stopping);

    [Function(nameof(BookPayment))]
    public Task<JsonElement> BookPayment([ActivityTrigger] ActivityCall call, CancellationToken stopping) =>
        RunAsync(call, stopping);

    [Function(nameof(AnswerWriteOff))]
    public Task<JsonElement> AnswerWriteOff([ActivityTrigger] ActivityCall call, CancellationToken stopping) =>
        RunAsync(call, stopping);

    [Function(nameof(CloseCollection))]
    public Task<JsonElement> CloseCollection([ActivityTrigger] ActivityCall call, CancellationToken stopping) =>
        RunAsync(call, stopping);

    // Reviews.

    [Function(nameof(PlanNextReview))]
    public Task<JsonElement> PlanNextReview([ActivityTrigger] ActivityCall call, CancellationToken stopping) =>
        RunAsync(call, stopping);

    [Function(nameof(OpenReview))]
    public Task<JsonElement> OpenReview([ActivityTrigger] ActivityCall call, CancellationToken stopping) =>
        RunAsync(call, stopping);

    [Function(nameof(CountFigures))]
    public Task<JsonElement> CountFigures([ActivityTrigger] ActivityCall call, CancellationToken stopping) =>
        RunAsync(call, stopping);

    [Function(nameof(CountReceivables))]
    public Task<JsonElement> CountReceivables([ActivityTrigger] ActivityCall call, CancellationToken stopping) =>
        RunAsync(call, stopping);

    [Function(nameof(KeepReview))]
    public Task<JsonElement> KeepReview([ActivityTrigger] ActivityCall call, CancellationToken stopping) =>
        RunAsync(call, stopping);

    [Function(nameof(SendReview))]
    public Task<JsonElement> SendReview([ActivityTrigger] ActivityCall call, CancellationToken stopping) =>
        RunAsync(call, stopping);

    private Task<JsonElement> RunAsync(
        ActivityCall call, CancellationToken stopping, [CallerMemberName] string name = "") =>
        runner.RunAsync(name, call, stopping);
}
