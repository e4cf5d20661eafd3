using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Workflows.Azure.Durable.Functions;

/// <summary>
/// One function for each orchestration of the business, under its recorded name; a test holds it against the catalogue.
/// </summary>
public sealed class Orchestrations(OrchestrationRunner runner)
{
    [Function(nameof(InquiryToPayment))]
    public Task<JsonElement> InquiryToPayment([OrchestrationTrigger] TaskOrchestrationContext context) =>
        runner.RunAsync(context);

    [Function(nameof(LateDealSignals))]
    public Task<JsonElement> LateDealSignals([OrchestrationTrigger] TaskOrchestrationContext context) =>
        runner.RunAsync(context);

    [Function(nameof(LateInvoiceSignals))]
    public Task<JsonElement> LateInvoiceSignals([OrchestrationTrigger] TaskOrchestrationContext context) =>
        runner.RunAsync(context);

    [Function(nameof(Approval))]
    public Task<JsonElement> Approval([OrchestrationTrigger] TaskOrchestrationContext context) =>
        runner.RunAsync(context);

    [Function(nameof(Collection))]
    public Task<JsonElement> Collection([OrchestrationTrigger] TaskOrchestrationContext context) =>
        runner.RunAsync(context);

    [Function(nameof(WriteOffRequest))]
    public Task<JsonElement> WriteOffRequest([OrchestrationTrigger] TaskOrchestrationContext context) =>
        runner.RunAsync(context);

    [Function(nameof(MonthlyReview))]
    public Task<JsonElement> MonthlyReview([OrchestrationTrigger] TaskOrchestrationContext context) =>
        runner.RunAsync(context);

    [Function(nameof(ReviewSchedule))]
    public Task<JsonElement> ReviewSchedule([OrchestrationTrigger] TaskOrchestrationContext context) =>
        runner.RunAsync(context);
}
