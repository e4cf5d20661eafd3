using System.Text.Json;
using Workflows.Inquiries;
using Workflows.Platform;

namespace Workflows.Web.Inquiries;

/// <summary>
/// An inquiry is kept in one row, with room for what is kept beside it. Its texts' limits alone do not see to that.
/// </summary>
internal static class InquirySize
{
    public const string ValidationError = "The inquiry is too long to be kept.";

    /// <summary>
    /// Characters of the JSON it is kept as, two bytes each. An emoji takes twelve of them, for it is escaped.
    /// </summary>
    private const int Most = 400_000;

    /// <summary>The inquiry with as much of its message as can be kept; the raw copy has all of it.</summary>
    public static Inquiry Shortened(Inquiry inquiry)
    {
        while (!Fits(inquiry) && inquiry.Message.Length > 1)
        {
            inquiry = inquiry with { Message = inquiry.Message.Shortened(inquiry.Message.Length * 9 / 10) };
        }

        return inquiry;
    }

    public static bool Fits(Inquiry inquiry) => JsonSerializer.Serialize(inquiry, DurableJson.Options).Length <= Most;
}
