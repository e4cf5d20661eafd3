using Workflows.Policies;
using Workflows.Receivables;
using Workflows.Receivables.Payments;
using Workflows.Trade;
using Workflows.Web.Hosting.Idempotency;
using Workflows.Web.Hosting.Problems;
using Workflows.Web.Hosting.Requests;

namespace Workflows.Web.Payments;

/// <summary>Money that came in.</summary>
/// <param name="Reference">
/// The bank's own reference; left out, empty or a placeholder such as NOTPROVIDED, it tells no two payments apart.
/// </param>
/// <param name="Amount">In the currency it came in.</param>
/// <param name="Invoice">The invoice's id or number; left out, the remittance text decides.</param>
/// <param name="ValueDate">In the company's zone; left out, today.</param>
/// <param name="Remitter">Who paid.</param>
/// <param name="RemittanceText">What they wrote.</param>
/// <param name="EntryId">The bank's id of the entry in the account, where it gives one.</param>
/// <param name="Account">Our account that it came in on.</param>
internal sealed record PaymentRequest(
    [Positive] Money Amount,
    [BlankOrLine(140)] string? Reference = null,
    [Line(100)] string? Invoice = null,
    DateOnly? ValueDate = null,
    [Line(140)] string? Remitter = null,
    [Paragraph(1000)] string? RemittanceText = null,
    [Line(140)] string? EntryId = null,
    [Line(140)] string? Account = null);

/// <summary>Where a payment that waits for a person belongs.</summary>
/// <param name="Payment">Its id.</param>
/// <param name="Reference">The bank's, in place of the id where only one payment waits under it.</param>
/// <param name="Invoice">Left out, the payment's own words decide: it is no duplicate of another.</param>
internal sealed record AssignmentRequest(
    [Line(200)] string? Payment = null, [Line(140)] string? Reference = null, InvoiceId? Invoice = null);

/// <summary>Why a payment that waits for a person goes on no invoice.</summary>
/// <param name="Payment">Its id.</param>
/// <param name="Reason">For the record.</param>
internal sealed record SettlementRequest([Line(200)] string Payment, SettledAs As, [Line(300)] string Reason);

/// <summary>A payment is not on the invoice that it belongs on.</summary>
/// <param name="Payment">Its id.</param>
/// <param name="Reason">For the record.</param>
/// <param name="Invoice">The one that it belongs on; left out, it waits for a person to place it.</param>
internal sealed record ReversalRequest(
    [Line(200)] string Payment, [Line(300)] string Reason, InvoiceId? Invoice = null);

/// <summary>Takes payments in, places them, takes them back and settles them.</summary>
internal sealed class PaymentCommands(PaymentService payments, PolicyStore policies, TimeProvider clock)
{
    // Older than any claim that could still be paid: a slip of the finger.
    private const int OldestYears = 10;

    /// <exception cref="ProblemException">422 when it is no payment.</exception>
    public async Task<PaymentReceipt> ReceiveAsync(
        PaymentRequest request, Submission submission, CancellationToken cancellation)
    {
        var today = policies.Current.Company.DayOf(clock.GetUtcNow());
        new SemanticErrors()
            .Check(
                request.ValueDate is not { } date || date <= today.AddDays(7),
                "/valueDate", "At most a week ahead.", ProblemType.DateInvalid)
            .Check(
                request.ValueDate is not { } past || past >= today.AddYears(-OldestYears),
                "/valueDate", $"At most {OldestYears} years ago.", ProblemType.DateInvalid)
            .ThrowIfAny();
        var payment = new Payment(
            request.Reference ?? "", request.Invoice, request.Amount, request.ValueDate ?? today, request.Remitter,
            request.RemittanceText)
        {
            EntryId = request.EntryId,
            Account = request.Account,
            IsUndated = request.ValueDate is null ? true : null,
        };
        var receipt = await payments.ReceiveAsync(payment, submission.Id, submission.By, cancellation);
        return receipt.Outcome == PaymentOutcome.Refused
            ? throw new ProblemException(ProblemType.Invalid, receipt.Message)
            : receipt;
    }

    /// <summary>All payments of a bank's reference.</summary>
    /// <exception cref="ProblemException">422 without one.</exception>
    public async Task<ListPage<ReceivedPayment>> OfReferenceAsync(string? reference, CancellationToken cancellation)
    {
        new SemanticErrors()
            .Check(!string.IsNullOrWhiteSpace(reference), "/reference", "The bank's reference.")
            .ThrowIfAny();
        return new ListPage<ReceivedPayment>(
            await payments.OfReferenceAsync(reference!, cancellation), Next: null);
    }

    /// <exception cref="ProblemException">409 when it cannot be placed there.</exception>
    public async Task<PaymentReceipt> AssignAsync(AssignmentRequest request, StaffId by, CancellationToken cancellation)
    {
        InvoiceId? invoice = request.Invoice is { } named ? RouteIds.Invoice(named.Value) : null;
        var id = request.Payment ?? await WaitingUnderAsync(request.Reference, cancellation);
        var receipt = await payments.AssignAsync(id, invoice, by, cancellation);
        return receipt.Outcome is PaymentOutcome.Booked or PaymentOutcome.Credited or PaymentOutcome.Recovered
            or PaymentOutcome.Duplicate
            ? receipt
            : throw new ProblemException(ProblemType.Conflict, receipt.Message);
    }

    /// <exception cref="ProblemException">409 when it does not wait, or is no such thing.</exception>
    public async Task<PaymentReceipt> SettleAsync(SettlementRequest request, StaffId by, CancellationToken cancellation)
    {
        var receipt = await payments.SettleAsync(request.Payment, request.As, request.Reason, by, cancellation);
        return receipt.Outcome == PaymentOutcome.Settled
            ? receipt
            : throw new ProblemException(ProblemType.Conflict, receipt.Message);
    }

    /// <exception cref="ProblemException">409 when it is on no invoice, or cannot be taken off it.</exception>
    public async Task<PaymentReceipt> TakeBackAsync(ReversalRequest request, StaffId by, CancellationToken cancellation)
    {
        InvoiceId? to = request.Invoice is { } named ? RouteIds.Invoice(named.Value) : null;
        var receipt = await payments.TakeBackAsync(request.Payment, request.Reason, to, by, cancellation);
        return receipt.Outcome == PaymentOutcome.Refused
            ? throw new ProblemException(ProblemType.Conflict, receipt.Message)
            : receipt;
    }

    private async Task<string> WaitingUnderAsync(string? reference, CancellationToken cancellation)
    {
        new SemanticErrors()
            .Check(reference is not null, "/payment", "A payment's id, or the reference that it has alone.")
            .ThrowIfAny();
        var all = await payments.OfReferenceAsync(reference!, cancellation);
        return all.Where(payment => payment.WaitsForPerson).ToList() switch
        {
            [var only] => only.Id,
            [] => throw new ProblemException(
                ProblemType.Conflict, "No payment of that reference waits to be placed."),
            var several => throw new ProblemException(
                ProblemType.Conflict,
                $"{several.Count} payments of that reference wait; name one by its id: "
                    + string.Join(", ", several.Select(payment => payment.Id))),
        };
    }
}
