using Workflows.Receivables;
using Workflows.Signals;
using Workflows.Trade;
using Workflows.Web.Hosting.Idempotency;
using Workflows.Web.Hosting.Requests;
using Workflows.Web.Layout;

namespace Workflows.Web.Receivables;

/// <summary>The buyer disputes an invoice, or a part of it.</summary>
/// <param name="Until">Last day of the pause, in the buyer's zone.</param>
/// <param name="Amount">The disputed part; left out, all that is open and not in dispute yet.</param>
internal sealed record DisputeRequest([Line(300)] string Reason, DateOnly Until, [Positive] Money? Amount = null);

/// <summary>What came of a dispute.</summary>
/// <param name="Dispute">Its number; it may be left out while only one is open.</param>
internal sealed record ResolutionRequest([Paragraph(2000)] string? Comment = null, int? Dispute = null);

/// <summary>The buyer promises to pay.</summary>
/// <param name="Date">By which day, in the buyer's zone.</param>
/// <param name="Amount">The part that they promise; left out, all that is open.</param>
internal sealed record PromiseRequest(
    DateOnly Date, [Paragraph(2000)] string? Comment = null, [Positive] Money? Amount = null);

/// <summary>What is open is to be given up. An approver must allow it.</summary>
internal sealed record WriteOffRequest([Line(300)] string Reason);

/// <summary>What people do to an invoice. Each returns what became of it.</summary>
internal sealed class InvoiceCommands(InvoiceService invoices)
{
    public Task<SignalReceipt<Invoice>> DisputeAsync(
        InvoiceId id, DisputeRequest request, Submission submission, CancellationToken cancellation) =>
        invoices.DisputeAsync(
            id, submission.Id, submission.By, request.Amount, request.Reason, request.Until, cancellation);

    public Task<SignalReceipt<Invoice>> ResolveAsync(
        InvoiceId id, ResolutionRequest request, Submission submission, CancellationToken cancellation) =>
        request.Dispute is { } dispute
            ? invoices.ResolveAsync(id, submission.Id, submission.By, dispute, request.Comment, cancellation)
            : invoices.ResolveAsync(id, submission.Id, submission.By, request.Comment, cancellation);

    public Task<SignalReceipt<Invoice>> PromiseAsync(
        InvoiceId id, PromiseRequest request, Submission submission, CancellationToken cancellation) =>
        request.Amount is { } part
            ? invoices.PromiseAsync(
                id, submission.Id, submission.By, request.Date, part, request.Comment, cancellation)
            : invoices.PromiseAsync(id, submission.Id, submission.By, request.Date, request.Comment, cancellation);

    public Task<SignalReceipt<Invoice>> WriteOffAsync(
        InvoiceId id, WriteOffRequest request, Submission submission, CancellationToken cancellation) =>
        invoices.RequestWriteOffAsync(id, submission.Id, submission.By, request.Reason, cancellation);

    /// <summary>Each credit pays an invoice once by itself: the submission's id is not needed for it.</summary>
    public Task<SignalReceipt<Invoice>> UseBalanceAsync(
        InvoiceId id, Submission submission, CancellationToken cancellation) =>
        invoices.UseBalanceAsync(id, submission.By, cancellation);
}
