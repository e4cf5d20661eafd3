namespace Workflows.Lifecycle;

/// <summary>What a deal waits for, as values: its words are written where it is shown.</summary>
/// <param name="Whom">Who must act: the id of a person, or <c>buyer</c>, <c>approver</c> and the like.</param>
/// <param name="Since">UTC.</param>
/// <param name="Until">UTC; null is without end.</param>
/// <param name="Then">What happens when the time is up; null when nothing does.</param>
public sealed record Waiting(
    WaitingFor For, string Whom, DateTimeOffset Since, DateTimeOffset? Until, WaitingThen? Then)
{
    /// <summary>The discount that needs an approval, 0 to 100; null for other waits.</summary>
    public decimal? DiscountPercent { get; init; }

    /// <summary>How many invoices are open; null for other waits.</summary>
    public int? OpenInvoices { get; init; }

    /// <summary>Whether it waits for the same thing, whenever that began and ends.</summary>
    public bool IsFor(Waiting other) => For == other.For && DiscountPercent == other.DiscountPercent;
}

/// <summary>What a deal can wait for.</summary>
public enum WaitingFor
{
    /// <summary>A salesperson who can take it.</summary>
    Owner,

    /// <summary>The owner's first answer to the buyer.</summary>
    FirstResponse,

    /// <summary>The owner's quotation.</summary>
    Quotation,

    /// <summary>The approval of a discount.</summary>
    DiscountApproval,

    /// <summary>The buyer's answer to the quotation.</summary>
    BuyerAnswer,

    /// <summary>The approval of credit.</summary>
    CreditApproval,

    /// <summary>The buyer's deposit.</summary>
    Deposit,

    /// <summary>The end of production.</summary>
    Production,

    /// <summary>Credit for the shipment, which was refused.</summary>
    ShipmentCredit,

    /// <summary>The shipment.</summary>
    Shipment,

    /// <summary>The payment of the open invoices.</summary>
    Payment,

    /// <summary>A person who lets a rejected inquiry go on after all.</summary>
    Reinstatement,
}

/// <summary>What happens when the time of a wait is up.</summary>
public enum WaitingThen
{
    /// <summary>The assignment rule is asked again.</summary>
    AssignAgain,

    /// <summary>The owner is reminded of the first response.</summary>
    RemindOwner,

    /// <summary>The manager is notified of the late response.</summary>
    NotifyManager,

    /// <summary>Another owner takes over.</summary>
    Reassign,

    /// <summary>The buyer is reminded of the quotation.</summary>
    RemindBuyer,

    /// <summary>The quotation expires.</summary>
    ExpireQuotation,

    /// <summary>The deal counts as lost.</summary>
    CountAsLost,

    /// <summary>Credit is checked again.</summary>
    CheckCreditAgain,
}
