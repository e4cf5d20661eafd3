namespace Workflows.Mails;

/// <summary>Which mails go to buyers. Every other goes to a colleague, and may carry a link that decides.</summary>
public static class BuyerMails
{
    private static readonly HashSet<string> Kinds =
    [
        "inquiry-acknowledged", "quotation-offer", "quotation-expiry-reminder", "order-confirmed", "invoice-issued",
        "payment-reminder", "payment-thanks",
    ];

    /// <summary>Whether a mail of this kind goes to a buyer.</summary>
    public static bool Includes(string kind) => Kinds.Contains(kind);
}
