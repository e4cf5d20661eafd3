using Workflows.Inquiries;
using Workflows.Lifecycle;
using Workflows.Trade;

namespace Workflows.Web.Inquiries.Webhooks;

/// <summary>
/// What a home does with an inquiry that came in by a webhook. The default acts at once; a home with queues may act
/// later.
/// </summary>
public interface IInquiryIntake
{
    /// <summary>
    /// Whether other processes take the same events: then a delivery is kept before it is taken, so that one body of an
    /// id counts.
    /// </summary>
    bool HasRivals => false;

    /// <summary>Takes an inquiry. Durable when it returns; the same message again has no effect.</summary>
    /// <returns>Whether the inquiry is known to have come in before.</returns>
    Task<bool> TakeAsync(Inquiry inquiry, string messageId, CancellationToken cancellation);
}

/// <summary>Starts or feeds the deal before the sender is answered.</summary>
internal sealed class DirectIntake(InquiryService service) : IInquiryIntake
{
    public async Task<bool> TakeAsync(Inquiry inquiry, string messageId, CancellationToken cancellation) =>
        (await service.ReceiveAsync(inquiry, messageId, StaffId.System, cancellation)).Duplicate;
}
