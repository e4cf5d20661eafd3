using Workflows.Inquiries;
using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Quotations;

/// <summary>
/// Where a delivery term of Incoterms 2020 does not suit the rest of an offer. Practice to be warned of, not legal
/// advice.
/// </summary>
public static class DeliveryRules
{
    private static readonly string[] Air = ["airport", "air freight", "airfreight", "by air"];

    private static readonly string[] Yard = ["container yard", "CY", "terminal", "CFS", "depot", "warehouse"];

    /// <summary>The warnings on a draft.</summary>
    public static IReadOnlyList<DraftFinding> Check(QuotationDraft draft, Policy policy)
    {
        var (term, place) = draft.Delivery;
        var terms = policy.FindTerms(draft.PaymentTerms);
        var byLetterOfCredit = draft.PaymentTerms.StartsWith("LC", StringComparison.OrdinalIgnoreCase);
        var onBillOfLading = terms?.Instalments.Any(part => part.Basis == DueBasis.BillOfLading) == true;
        var findings = new List<DraftFinding>();
        void Warn(bool speaks, string pointer, string message)
        {
            if (speaks)
            {
                findings.Add(new DraftFinding(pointer, message, IsWarning: true));
            }
        }

        var handsOver = Suitable(term);
        Warn(
            IsBySea(term) && (Names(place, Air) || Names(draft.Note, Air)),
            "/delivery/term", $"{term} is for sea and inland waterway only; by air use {handsOver}.");
        Warn(
            IsBySea(term) && Names(place, Yard),
            "/delivery/term",
            $"{term} passes the risk at the ship; for containers handed over at a terminal use {handsOver}.");
        Warn(
            term == Incoterm.EXW && (byLetterOfCredit || onBillOfLading),
            "/delivery/term",
            "Under EXW the buyer books the carrier, so there may be no bill of lading to be paid against; consider FCA.");
        Warn(
            term == Incoterm.FCA && byLetterOfCredit,
            "/delivery/term",
            "Under FCA agree that the buyer has the carrier issue an on-board bill of lading (Incoterms 2020, FCA "
                + "A6/B6).");
        Warn(
            term == Incoterm.DDP,
            "/delivery/term",
            "DDP makes us clear the import and pay its duties and taxes: be sure that we are registered there, or use "
                + "DAP.");
        Warn(
            term is not (Incoterm.CIF or Incoterm.CIP)
                && Names(draft.Note, ["insurance certificate", "insurance policy"]),
            "/note",
            $"Under {term} the seller insures nothing for the buyer; an insurance document belongs to CIF or CIP.");
        return findings;
    }

    private static bool IsBySea(Incoterm term) => term is Incoterm.FAS or Incoterm.FOB or Incoterm.CFR or Incoterm.CIF;

    private static Incoterm Suitable(Incoterm term) => term switch
    {
        Incoterm.CFR => Incoterm.CPT,
        Incoterm.CIF => Incoterm.CIP,
        _ => Incoterm.FCA,
    };

    private static bool Names(string? text, IEnumerable<string> words) =>
        words.Any(word => SearchText.Contains(text, word));
}
