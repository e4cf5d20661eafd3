using Workflows.Platform;

namespace Workflows.Web.Inquiries.Webhooks;

/// <summary>Bytes in a row, in pieces that a property holds.</summary>
internal static class RawCopy
{
    private const int Piece = 60 * 1024;

    public static TableRow WithBody(this TableRow row, ReadOnlyMemory<byte> body)
    {
        for (var start = 0; start < body.Length; start += Piece)
        {
            row["Body" + start / Piece] = body.Slice(start, Math.Min(Piece, body.Length - start)).ToArray();
        }

        return row;
    }

    public static byte[] Body(this TableRow row)
    {
        var pieces = new List<byte[]>();
        while (row["Body" + pieces.Count] is byte[] piece)
        {
            pieces.Add(piece);
        }

        return [.. pieces.SelectMany(piece => piece)];
    }
}
