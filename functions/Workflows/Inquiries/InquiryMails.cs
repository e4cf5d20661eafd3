using Workflows.Customers;
using Workflows.Mails;
using Workflows.Trade;

namespace Workflows.Inquiries;

/// <summary>To the buyer, at once: your inquiry is here.</summary>
/// <param name="Quoted">The beginning of the inquiry, in its sender's words: hostile.</param>
/// <param name="Company">Under the closing, with the address.</param>
public sealed record InquiryAcknowledged(
    DealId Deal, BuyerLetter Letter, string Quoted, string Company, string CompanyAddress) : IBuyerMail
{
    /// <inheritdoc/>
    public string Kind => "inquiry-acknowledged";

    /// <inheritdoc/>
    public string Subject => Letter.Subject;
}

/// <summary>An inquiry as mails to staff show it. Texts are the buyer's and hostile.</summary>
/// <param name="Products">One line each: name, item number, quantity, target price.</param>
/// <param name="Unread">What came with it and could not be read, one line each.</param>
/// <param name="Score">Null where it does not matter any more.</param>
/// <param name="DealLink">The deal's page in the console.</param>
public sealed record InquiryBrief(
    DealId Deal,
    string Buyer,
    string? Company,
    string? Country,
    string BuyerEmail,
    string? BuyerPhone,
    string Platform,
    IReadOnlyList<string> Products,
    string? Delivery,
    string Message,
    IReadOnlyList<string> Unread,
    Score? Score,
    string DealLink);

/// <summary>To the owner: a new deal is yours.</summary>
/// <param name="DueAt">When the first answer is due, UTC; null if it was given.</param>
/// <param name="DueText">The same in the company's zone, for reading.</param>
public sealed record InquiryAssigned(
    string Reader, InquiryBrief Inquiry, DateTimeOffset? DueAt, string? DueText) : IMail
{
    /// <inheritdoc/>
    public string Kind => "inquiry-assigned";

    /// <inheritdoc/>
    public string Subject => $"New inquiry from {Inquiry.Company ?? Inquiry.Buyer}: {InquiryText.First(Inquiry)}";
}

/// <summary>To the manager: nobody was free, please hand it over.</summary>
public sealed record InquiryUnassigned(
    string Reader, InquiryBrief Inquiry, DateTimeOffset? DueAt, string? DueText) : IMail
{
    /// <inheritdoc/>
    public string Kind => "inquiry-unassigned";

    /// <inheritdoc/>
    public string Subject => $"Nobody is free for the inquiry of {Inquiry.Company ?? Inquiry.Buyer}";
}

/// <summary>To the manager: two companies write from one mail domain; are they one customer?</summary>
public sealed record CustomerInQuestion(string Reader, InquiryBrief Inquiry, CustomerQuestion Question) : IMail
{
    /// <inheritdoc/>
    public string Kind => "customer-in-question";

    /// <inheritdoc/>
    public string Subject => $"One company or two? {Question.Company} and {Question.OtherCompany}";
}

/// <summary>To the owner: the time for a first answer is running out.</summary>
public sealed record InquiryNudge(string Reader, InquiryBrief Inquiry, DateTimeOffset? DueAt, string? DueText) : IMail
{
    /// <inheritdoc/>
    public string Kind => "inquiry-nudge";

    /// <inheritdoc/>
    public string Subject => $"{Inquiry.Company ?? Inquiry.Buyer} is still waiting for your first answer";
}

/// <summary>To the manager: the first answer is late.</summary>
/// <param name="Owner">Whose it is.</param>
public sealed record InquiryEscalated(
    string Reader, InquiryBrief Inquiry, string? Owner, DateTimeOffset? DueAt, string? DueText) : IMail
{
    /// <inheritdoc/>
    public string Kind => "inquiry-escalated";

    /// <inheritdoc/>
    public string Subject => $"No first answer to {Inquiry.Company ?? Inquiry.Buyer} in time";
}

/// <summary>
/// To the manager: the buyer has made as many counter-offers as the policy allows for without a word.
/// </summary>
/// <param name="Owner">Who negotiates.</param>
public sealed record ManyCounterOffers(string Reader, InquiryBrief Inquiry, string? Owner) : IMail
{
    /// <inheritdoc/>
    public string Kind => "many-counter-offers";

    /// <inheritdoc/>
    public string Subject => $"Many counter-offers from {Inquiry.Company ?? Inquiry.Buyer}";
}

/// <summary>To the new owner and the manager: the deal has another owner.</summary>
public sealed record InquiryReassigned(
    string Reader, InquiryBrief Inquiry, string? Owner, DateTimeOffset? DueAt, string? DueText) : IMail
{
    /// <inheritdoc/>
    public string Kind => "inquiry-reassigned";

    /// <inheritdoc/>
    public string Subject =>
        $"Handed over to {Owner ?? "the manager"}: {Inquiry.Company ?? Inquiry.Buyer}, {InquiryText.First(Inquiry)}";
}

/// <summary>To the owner: the buyer wrote again.</summary>
/// <param name="Inquiry">With the words of the latest message.</param>
/// <param name="HasEnded">The deal is over: nothing follows unless a person sees to it.</param>
/// <param name="Count">How many messages came since the last such mail.</param>
/// <param name="Before">The last of them before the latest, oldest first.</param>
public sealed record BuyerWroteAgain(
    string Reader, InquiryBrief Inquiry, bool HasEnded, int Count, IReadOnlyList<EarlierMessage> Before) : IMail
{
    /// <inheritdoc/>
    public string Kind => "buyer-wrote";

    /// <inheritdoc/>
    public string Subject => Count == 1
        ? $"{Inquiry.Buyer} wrote again about {InquiryText.First(Inquiry)}"
        : $"{Inquiry.Buyer} wrote {Count} messages about {InquiryText.First(Inquiry)}";
}

/// <summary>A message before the latest one, in the buyer's words: hostile.</summary>
/// <param name="AtText">When it came, in the company's zone.</param>
public sealed record EarlierMessage(string AtText, string Text);
