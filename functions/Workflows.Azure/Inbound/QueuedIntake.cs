using Workflows.Inquiries;
using Workflows.Lifecycle;
using Workflows.Trade;
using Workflows.Web.Inquiries.Webhooks;

namespace Workflows.Azure.Inbound;

/// <summary>
/// Answers a webhook as soon as its inquiry is in line, so that a rush of them waits in the queue and not at the door.
/// One that is too large for a message is acted on at once.
/// </summary>
internal sealed class QueuedIntake(InboundQueue queue, InquiryService service) : IInquiryIntake
{
    public bool HasRivals => true;

    public async Task<bool> TakeAsync(Inquiry inquiry, string messageId, CancellationToken cancellation) =>
        !await queue.TryPutAsync(new InboundInquiry(inquiry, messageId), cancellation)
        && (await service.ReceiveAsync(inquiry, messageId, StaffId.System, cancellation)).Duplicate;
}
