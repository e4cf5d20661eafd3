using Workflows.Inquiries;
using Workflows.Trade;

namespace Workflows.Web.Inquiries;

/// <summary>
/// A delivery term as sources send it, its rule and its place each in a field of its own. One without the other is no
/// term, and still says what the buyer wants: it is kept as text.
/// </summary>
internal sealed record SentDelivery(string TermField, Incoterm? Term, string PlaceField, string? Place)
{
    /// <param name="unread">What else could not be read.</param>
    public Inquiry PutInto(Inquiry inquiry, IReadOnlyList<UnreadValue> unread)
    {
        if (Term is { } term && Place is { } place)
        {
            return inquiry with { Delivery = new DeliveryTerm(term, place), Unread = OrNull(unread) };
        }

        UnreadValue?[] halves =
        [
            Term is { } rule ? new UnreadValue(TermField, rule.ToString()) : null,
            Place is { } alone ? new UnreadValue(PlaceField, alone) : null,
        ];
        return inquiry with { Unread = OrNull([.. unread, .. halves.OfType<UnreadValue>()]) };
    }

    // What is empty is not written, as in inquiries of before.
    private static IReadOnlyList<UnreadValue>? OrNull(IReadOnlyList<UnreadValue> unread) =>
        unread.Count > 0 ? unread : null;
}
