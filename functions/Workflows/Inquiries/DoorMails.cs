using Workflows.Mails;

namespace Workflows.Inquiries;

/// <summary>Something that did not come in, as a mail shows it. Texts are from outside and hostile.</summary>
/// <param name="AtText">When it came, in the company's zone.</param>
/// <param name="Link">Its own page; null when it has none.</param>
public sealed record DoorLine(string Title, string Reason, string Words, string AtText, string? Link);

/// <summary>To the manager: these inquiries were refused as spam.</summary>
/// <param name="Count">How many there are; not all are shown.</param>
/// <param name="Link">The page that lists them.</param>
public sealed record InquiriesRefused(string Reader, int Count, IReadOnlyList<DoorLine> Lines, string Link) : IMail
{
    /// <inheritdoc/>
    public string Kind => "inquiries-refused";

    /// <inheritdoc/>
    public string Subject => Count == 1
        ? $"An inquiry was refused: {Lines[0].Title}"
        : $"{Count} inquiries were refused";
}

/// <summary>To the manager: platforms sent what could not be processed, and a buyer may wait for an answer.</summary>
/// <param name="Count">How many there are; not all are shown.</param>
/// <param name="Link">The page on which an administrator tries them again.</param>
public sealed record DeliveriesLost(string Reader, int Count, IReadOnlyList<DoorLine> Lines, string Link) : IMail
{
    /// <inheritdoc/>
    public string Kind => "deliveries-lost";

    /// <inheritdoc/>
    public string Subject => Count == 1
        ? $"A delivery from {Lines[0].Title} could not be processed"
        : $"{Count} deliveries could not be processed";
}
