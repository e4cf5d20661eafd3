using Workflows.Receivables.Payments;
using Workflows.Web.Rendering;

namespace Workflows.Web.Payments;

/// <summary>What a payment without an invoice can be, in the reader's language.</summary>
internal static class SettledText
{
    private static readonly TextResources Texts = new(typeof(SettledText));

    /// <summary>What a person may say of it; what is likely comes first.</summary>
    public static IEnumerable<(SettledAs As, string Text)> For(ReceivedPayment payment) =>
        Enum.GetValues<SettledAs>()
            .Where(settled => settled != SettledAs.SameEntry || payment.DuplicateOf is not null)
            .OrderByDescending(settled => settled == SettledAs.SameEntry)
            .Select(settled => (settled, Texts.Say(settled.ToString())));
}
