namespace Workflows.Trade;

/// <summary>The eleven rules of Incoterms 2020. FAS, FOB, CFR and CIF are for sea and inland waterway only.</summary>
public enum Incoterm
{
    /// <summary>Ex works.</summary>
    EXW,

    /// <summary>Free carrier.</summary>
    FCA,

    /// <summary>Carriage paid to.</summary>
    CPT,

    /// <summary>Carriage and insurance paid to; all-risks cover.</summary>
    CIP,

    /// <summary>Delivered at place.</summary>
    DAP,

    /// <summary>Delivered at place unloaded.</summary>
    DPU,

    /// <summary>Delivered duty paid.</summary>
    DDP,

    /// <summary>Free alongside ship.</summary>
    FAS,

    /// <summary>Free on board.</summary>
    FOB,

    /// <summary>Cost and freight.</summary>
    CFR,

    /// <summary>Cost, insurance and freight; minimum cover.</summary>
    CIF,
}

/// <summary>A delivery term: a rule and its named place, always together.</summary>
/// <param name="Term">The rule, of Incoterms 2020.</param>
/// <param name="Place">The named place or port.</param>
public sealed record DeliveryTerm(Incoterm Term, string Place)
{
    /// <summary>As it stands in a quotation.</summary>
    public override string ToString() => $"{Term} {Place}, Incoterms 2020";
}
