using Workflows.Inquiries;
using Workflows.Mails;

namespace Workflows.Lifecycle;

/// <summary>To the owner and the manager: nothing moves this deal any more.</summary>
/// <param name="Owner">Whose it is; null while it has no owner.</param>
/// <param name="Stage">Where it stands; null when it was not looked at yet.</param>
/// <param name="Waiting">What it waits for; null when it was not looked at yet, or does not wait.</param>
/// <param name="Why">What is wrong, in a sentence or two.</param>
public sealed record InquiryUnattended(
    string Reader, InquiryBrief Inquiry, string? Owner, Stage? Stage, Waiting? Waiting, string Why) : IMail
{
    /// <inheritdoc/>
    public string Kind => "inquiry-unattended";

    /// <inheritdoc/>
    public string Subject =>
        $"Nothing moves this deal any more: {Inquiry.Company ?? Inquiry.Buyer}, {InquiryText.First(Inquiry)}";
}
