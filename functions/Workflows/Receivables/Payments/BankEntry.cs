using System.Globalization;
using System.Text;
using Workflows.Platform;
using Workflows.Records;

namespace Workflows.Receivables.Payments;

/// <summary>Whether two payments are one entry of a bank account.</summary>
internal enum SameEntry
{
    /// <summary>Something that the bank gives differs: two entries, and two payments.</summary>
    No,

    /// <summary>Nothing says for certain: a person looks.</summary>
    Perhaps,

    /// <summary>The same entry, told again.</summary>
    Yes,
}

/// <summary>
/// What makes two payments the same bank entry. A reference alone does not: banks write placeholders, and buyers give
/// one reference to several transfers. See decision 73. Pure.
/// </summary>
internal static class BankEntry
{
    /// <summary>What stands for a reference that the bank left out, as ISO 20022 writes it.</summary>
    public const string NoReference = "NOTPROVIDED";

    // As MT940, camt and their users write that there is none, without spaces and punctuation.
    private static readonly HashSet<string> Placeholders = new(StringComparer.Ordinal)
    {
        NoReference, "NONREF", "NOREF", "NOREFERENCE", "NONE", "NA", "NOTAVAILABLE", "NOTGIVEN", "UNKNOWN", "NULL",
        "NIL",
    };

    /// <summary>Whether a reference only says that there is none.</summary>
    public static bool IsPlaceholder(string reference)
    {
        var plain = string.Concat(reference.Where(char.IsLetterOrDigit)).ToUpperInvariant();
        return plain.All(c => c is '0' or 'X') || Placeholders.Contains(plain);
    }

    /// <summary>
    /// Where payments stand that can be the same entry: those of one reference, or, where it is a placeholder, those of
    /// one amount, day, payer and text.
    /// </summary>
    public static string PartitionOf(Payment payment) => IsPlaceholder(payment.Reference)
        ? $"!entry-{Hash(ContentOf(payment))}"
        : PaymentKey.Of(payment.Reference);

    /// <summary>Tells a payment from the others of its partition; another request may tell of another entry.</summary>
    public static string NumberOf(Payment payment, string request) => Hash([
        .. ContentOf(payment), payment.Invoice, payment.Account,
        payment.EntryId ?? (IsPlaceholder(payment.Reference) ? request : null)]);

    /// <summary>Compares two payments of one partition.</summary>
    public static SameEntry Compare(Payment known, Payment fresh)
    {
        if (Differs(known.EntryId, fresh.EntryId)
            || Differs(known.Account, fresh.Account)
            || Differs(known.Remitter, fresh.Remitter)
            || Differs(known.RemittanceText, fresh.RemittanceText)
            || Differs(DayOf(known), DayOf(fresh)))
        {
            return SameEntry.No;
        }

        var isCertain = known.Amount == fresh.Amount
            && ((fresh.EntryId is not null && Plain(known.EntryId) == Plain(fresh.EntryId))
                || (!IsPlaceholder(fresh.Reference) && SaysTheSame(known, fresh)));
        return isCertain ? SameEntry.Yes : SameEntry.Perhaps;
    }

    // What one of them leaves out may be anything, so that it is not the same word for word.
    private static bool SaysTheSame(Payment known, Payment fresh) =>
        known.Invoice == fresh.Invoice
        && Plain(known.EntryId) == Plain(fresh.EntryId)
        && Plain(known.Account) == Plain(fresh.Account)
        && Plain(known.Remitter) == Plain(fresh.Remitter)
        && Plain(known.RemittanceText) == Plain(fresh.RemittanceText)
        && DayOf(known) == DayOf(fresh);

    private static bool Differs(string? known, string? fresh) =>
        Plain(known) is { } one && Plain(fresh) is { } other && one != other;

    private static string? DayOf(Payment payment) => payment.IsUndated == true
        ? null
        : payment.ValueDate.ToString("O", CultureInfo.InvariantCulture);

    private static string?[] ContentOf(Payment payment) =>
        [
            payment.Amount.Amount.ToString("0.############", CultureInfo.InvariantCulture),
            payment.Amount.Currency.Code,
            DayOf(payment),
            Plain(payment.Remitter),
            Plain(payment.RemittanceText),
        ];

    // Banks capitalise, wrap and pad one and the same text in several ways.
    private static string? Plain(string? text) => string.IsNullOrWhiteSpace(text)
        ? null
        : string.Concat(text.Normalize(NormalizationForm.FormKC).Where(c => !char.IsWhiteSpace(c))).ToUpperInvariant();

    private static string Hash(IEnumerable<string?> parts) => Sha256Hex.Lower(string.Join('\n', parts))[..24];
}
