using System.Text.Json.Serialization;

namespace Workflows.Receivables.History;

/// <summary>
/// What happened to an invoice: one kind of event with its values. A kind holds no sentence but what a person typed;
/// words are made of it where a person reads it, in the reader's language. It is persisted in the history, so a kind
/// and its members keep their names.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Issued), "issued")]
[JsonDerivedType(typeof(DueDateSet), "due-date-set")]
[JsonDerivedType(typeof(DueDateCorrected), "due-date-corrected")]
[JsonDerivedType(typeof(TurnedOverdue), "turned-overdue")]
[JsonDerivedType(typeof(MoneyReceived), "money-received")]
[JsonDerivedType(typeof(PaidInFull), "paid-in-full")]
[JsonDerivedType(typeof(PaymentExpected), "payment-expected")]
[JsonDerivedType(typeof(PaymentTakenBack), "payment-taken-back")]
[JsonDerivedType(typeof(ReminderSent), "reminder-sent")]
[JsonDerivedType(typeof(ReminderHeldBack), "reminder-held-back")]
[JsonDerivedType(typeof(PaymentPromised), "payment-promised")]
[JsonDerivedType(typeof(PromiseKept), "promise-kept")]
[JsonDerivedType(typeof(PromiseBroken), "promise-broken")]
[JsonDerivedType(typeof(DisputeRecorded), "dispute-recorded")]
[JsonDerivedType(typeof(DisputeSettled), "dispute-settled")]
[JsonDerivedType(typeof(DisputeLapsed), "dispute-lapsed")]
[JsonDerivedType(typeof(WriteOffAsked), "write-off-asked")]
[JsonDerivedType(typeof(WriteOffDenied), "write-off-denied")]
[JsonDerivedType(typeof(WrittenOff), "written-off")]
[JsonDerivedType(typeof(MoneyRecovered), "money-recovered")]
[JsonDerivedType(typeof(InvoiceOwnerReplaced), "owner-replaced")]
[JsonDerivedType(typeof(CancelledWithOrder), "cancelled-with-order")]
[JsonDerivedType(typeof(RequestRefused), "request-refused")]
public abstract record InvoiceEvent;
