using Workflows.Credit;
using Workflows.Facts;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Receivables.History;
using Workflows.Receivables.Payments;
using Workflows.Records;
using Workflows.Trade;

namespace Workflows.Receivables;

/// <summary>
/// Takes a payment off its invoice again: the invoice is open by what it had paid, its collection goes on or begins
/// again, and what the payment left on the customer's balance goes with it. Each step may be done again: until all are
/// done the payment is on the list of those that wait for a person.
/// </summary>
internal sealed class PaymentReversals(
    IOrchestrationClient client, ITableStore tables, PolicyStore policies, InvoiceService invoices,
    IReopenedInvoices reopened, TimeProvider time)
{
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(3);
    private static readonly HashSet<OrchestrationStatus> Ended = [OrchestrationStatus.Completed];

    private DateOnly Today => policies.Current.Company.DayOf(time.GetUtcNow());

    public async Task<PaymentReceipt> TakeBackAsync(
        string id, string reason, StaffId by, CancellationToken cancellation)
    {
        var found = await PaymentRepository.FindAsync(tables, id, cancellation);
        if (IsDone(found, reason, by))
        {
            return ReceiptOf(found!);
        }

        if (found?.Invoice is not { } on || await invoices.FindAsync(on, cancellation) is not { } invoice)
        {
            return PaymentReceipt.Refused("That payment is on no invoice.", found);
        }

        if (invoice.Status == InvoiceStatus.WrittenOff)
        {
            return PaymentReceipt.Refused(
                $"Invoice {invoice.Number} was written off, with what was paid by then: that stays as it is.", found);
        }

        var isEarly = found.Payment.ValueDate > Today;
        if (found.State == PaymentState.Booked && !isEarly && !invoice.Shows(PaymentPlacement.SignalOf(found)))
        {
            return PaymentReceipt.Refused("That payment is still being booked; please try again in a moment.", found);
        }

        var (kept, refusal) = await PaymentRepository.BeginTakingBackAsync(
            tables,
            id,
            before => new PaymentReversal(on, reason, by, time.GetUtcNow(), (invoice.Reopened ?? 0) + 1)
            {
                WasCredited = before.State == PaymentState.Credited ? true : null,
            },
            cancellation);
        return refusal is null
            ? await GoOnAsync(kept!, invoice, cancellation)
            : PaymentReceipt.Refused(refusal, kept);
    }

    private static bool IsDone(ReceivedPayment? found, string reason, StaffId by) =>
        found is { State: PaymentState.TakenBack, Reversals: [.., var last] } && last.Reason == reason && last.By == by;

    private static PaymentReceipt ReceiptOf(ReceivedPayment kept) =>
        new(PaymentOutcome.TakenBack, kept.Note!, kept, Invoice: null);

    private async Task<PaymentReceipt> GoOnAsync(
        ReceivedPayment kept, Invoice invoice, CancellationToken cancellation)
    {
        var reversal = kept.Reversals![^1];
        var placing = PaymentMoves.Placing(kept.Reversals.Count - 1);
        var signal = SignalOf(kept, placing, reversal);
        if (await BalanceRefusalAsync(signal with { Move = placing }, invoice, cancellation) is { } refusal)
        {
            var before = kept with
            {
                State = reversal.WasCredited == true ? PaymentState.Credited : PaymentState.Booked,
                Reversals = kept.Reversals.Count == 1 ? null : [.. kept.Reversals.SkipLast(1)],
                Note = null,
            };
            await PaymentRepository.SetAsync(tables, before, cancellation);
            return PaymentReceipt.Refused(refusal, before);
        }

        // What a cancelled order was paid is on the customer's balance alone.
        if (reversal.WasCredited == true || invoice.Status == InvoiceStatus.Cancelled)
        {
            var fact = PaymentRows.TakenBack(invoice, signal, reversal.At);
            await FactLog.WriteAsync(tables, [fact], policies.Current, cancellation);
        }
        else if (invoice.Shows(signal with { Move = placing }))
        {
            if (!await TryTakeOffAsync(invoice, signal, reversal, cancellation))
            {
                return PaymentReceipt.Refused(
                    $"Invoice {invoice.Number} is just being closed; please try again in a moment.", kept);
            }
        }
        else
        {
            // Not booked yet: there is nothing to undo but its place in the line.
            await InvoicePayments.WithdrawAsync(tables, invoice.Id, signal with { Move = placing }, cancellation);
        }

        var free = kept with
        {
            State = PaymentState.TakenBack,
            Invoice = null,
            Chosen = null,
            Note = $"Taken off invoice {invoice.Number}: {reversal.Reason}",
        };
        await PaymentRepository.SetAsync(tables, free, cancellation);
        return ReceiptOf(free);
    }

    private static PaymentBooked SignalOf(ReceivedPayment kept, int? placing, PaymentReversal reversal)
    {
        var move = PaymentMoves.TakingBack(placing);
        return new PaymentBooked(
            $"payment|{kept.Payment.Key}{PaymentKey.Move(move)}", reversal.By, kept.Payment)
        {
            Move = move,
            TakenBack = reversal.Reason,
        };
    }

    private async Task<string?> BalanceRefusalAsync(
        PaymentBooked placed, Invoice invoice, CancellationToken cancellation)
    {
        var balance = PaymentRows.Balance(invoice, placed, Money.Zero(invoice.Amount.Currency), Today, Today);
        var paid = await CustomerBalanceRepository.TakeBackAsync(
            tables, [balance, balance with { IsCancelled = true, Move = null }], Today, cancellation);
        return paid.Count == 0
            ? null
            : $"What was too much of it has paid {string.Join(", ", paid)} from the customer's credit.";
    }

    /// <returns>False when its collection is only just ending.</returns>
    private async Task<bool> TryTakeOffAsync(
        Invoice invoice, PaymentBooked signal, PaymentReversal reversal, CancellationToken cancellation)
    {
        var outcome = RaiseOutcome.TooLate;
        if (await InvoicePayments.TryPutAsync(tables, invoice.Id, signal, cancellation))
        {
            // Only a wake-up: the collection finds it in its table too.
            outcome = await CollectionSignal.Event.RaiseAsync(
                client, invoice.Id.Value, signal, signal.Id, cancellation);
        }
        else if (await HasEndedAsync(invoice.Id, cancellation))
        {
            await InvoicePayments.ReopenAsync(tables, invoice.Id, signal, cancellation);
        }
        else
        {
            return false;
        }

        if (outcome is RaiseOutcome.TooLate or RaiseOutcome.NotFound)
        {
            await CollectAgainAsync(invoice.Id, signal, reversal, cancellation);
        }

        await invoices.WatchAsync(
            invoice.Id, after => after.Shows(signal), invoices.StartWaiting(), cancellation);
        return true;
    }

    // The deal first: it holds back what is not paid for before anything else happens.
    private async Task CollectAgainAsync(
        InvoiceId id, PaymentBooked signal, PaymentReversal reversal, CancellationToken cancellation)
    {
        var invoice = (await invoices.FindAsync(id, cancellation))!;
        if (!invoice.Shows(signal))
        {
            var history = await invoices.HistoryAsync(id, cancellation);
            var before = new CollectedBefore(
                reversal.Reopening, history.Count, history.Count(entry => entry.What is WriteOffAsked));
            await reopened.TellAsync(invoice, reversal.Reopening, reversal.Reason, reversal.By, cancellation);
            await Collection.ScheduleAsync(
                client,
                new CollectionInput(invoice, Inquiry: null) { Before = before },
                new ScheduleOptions(id.Value, ReplaceIf: Ended),
                cancellation);
        }
    }

    private async Task<bool> HasEndedAsync(InvoiceId id, CancellationToken cancellation)
    {
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        bound.CancelAfter(LongestEnd);
        try
        {
            await client.WaitForCompletionAsync(id.Value, bound.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false;
        }
    }
}
