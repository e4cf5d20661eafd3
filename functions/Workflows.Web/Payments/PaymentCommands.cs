using Workflows.Policies;
using Workflows.Receivables;
using Workflows.Trade;
using Workflows.Web.Hosting.Problems;
using Workflows.Web.Hosting.Requests;

namespace Workflows.Web.Payments;

/// <summary>Money that came in.</summary>
/// <param name="Reference">The bank's own reference: the same one again is the same payment.</param>
/// <param name="Amount">In the currency it came in.</param>
/// <param name="Invoice">The invoice's id or number; left out, the remittance text decides.</param>
/// <param name="ValueDate">In the company's zone; left out, today.</param>
/// <param name="Remitter">Who paid.</param>
/// <param name="RemittanceText">What they wrote.</param>
internal sealed record PaymentRequest(
    [Line(140)] string Reference,
    [Positive] Money Amount,
    [Line(100)] string? Invoice = null,
    DateOnly? ValueDate = null,
    [Line(140)] string? Remitter = null,
    [Paragraph(1000)] string? RemittanceText = null);

/// <summary>Where a payment that waits for a person belongs.</summary>
/// <param name="Reference">The bank's.</param>
internal sealed record AssignmentRequest([Line(140)] string Reference, InvoiceId Invoice);

/// <summary>Takes payments in and places them.</summary>
internal sealed class PaymentCommands(PaymentService payments, PolicyStore policies, TimeProvider clock)
{
    // Older than any claim that could still be paid: a slip of the finger.
    private const int OldestYears = 10;

    /// <exception cref="ProblemException">
    /// 422 when it is no payment, 409 when the reference was taken with another content.
    /// </exception>
    public async Task<PaymentReceipt> ReceiveAsync(PaymentRequest request, StaffId by, CancellationToken cancellation)
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
            request.Reference, request.Invoice, request.Amount, request.ValueDate ?? today, request.Remitter,
            request.RemittanceText);
        var receipt = await payments.ReceiveAsync(payment, by, cancellation);
        return receipt.Outcome switch
        {
            PaymentOutcome.Refused => throw new ProblemException(ProblemType.Invalid, receipt.Message),
            PaymentOutcome.Conflict => throw new ProblemException(ProblemType.Conflict, receipt.Message),
            _ => receipt,
        };
    }

    /// <exception cref="ProblemException">409 when it cannot be placed there.</exception>
    public async Task<PaymentReceipt> AssignAsync(AssignmentRequest request, StaffId by, CancellationToken cancellation)
    {
        var invoice = RouteIds.Invoice(request.Invoice.Value);
        var receipt = await payments.AssignAsync(request.Reference, invoice, by, cancellation);
        return receipt.Outcome is PaymentOutcome.Booked or PaymentOutcome.Credited or PaymentOutcome.Recovered
            or PaymentOutcome.Duplicate
            ? receipt
            : throw new ProblemException(ProblemType.Conflict, receipt.Message);
    }
}
