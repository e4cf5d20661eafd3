using System.Buffers.Binary;
using System.Security.Cryptography;
using Workflows.Engine.Storage;

namespace Workflows.Engine.History;

/// <summary>The record of one turn in a history.</summary>
/// <param name="At">The time of the instance in the turn, UTC ticks.</param>
/// <param name="Messages">The messages that it consumed, in order.</param>
/// <param name="Actions">The actions of the orchestrator, in order.</param>
internal sealed record TurnRecord(long At, IReadOnlyList<Message> Messages, IReadOnlyList<TurnAction> Actions)
{
    private const byte Format = 1;
    private const int ChainLength = 16;

    /// <summary>The hash before the first turn.</summary>
    public static byte[] NoChain { get; } = new byte[ChainLength];

    public static TurnRecord Decode(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        var format = reader.Byte();
        if (format != Format)
        {
            throw new InvalidDataException($"A turn is stored in format {format}, and this build reads {Format}.");
        }

        var at = reader.Fixed();
        var messages = new Message[reader.Int()];
        for (var i = 0; i < messages.Length; i++)
        {
            messages[i] = Message.Read(ref reader);
        }

        var actions = new TurnAction[reader.Int()];
        for (var i = 0; i < actions.Length; i++)
        {
            actions[i] = TurnAction.Read(ref reader);
        }

        return new TurnRecord(at, messages, actions);
    }

    /// <summary>A hash over a turn and, through the hash of the turn before, over all turns before.</summary>
    public static byte[] ChainAfter(ReadOnlySpan<byte> before, long key, int turn, ReadOnlySpan<byte> encoded)
    {
        Span<byte> joined = stackalloc byte[ChainLength + 8 + 4 + 32];
        before.CopyTo(joined);
        BinaryPrimitives.WriteInt64LittleEndian(joined[ChainLength..], key);
        BinaryPrimitives.WriteInt32LittleEndian(joined[(ChainLength + 8)..], turn);
        SHA256.HashData(encoded, joined[(ChainLength + 12)..]);
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(joined, hash);
        return hash[..ChainLength].ToArray();
    }

    public byte[] Encode()
    {
        var writer = ByteWriter.Rent();
        writer.Byte(Format);
        writer.Fixed(At);
        writer.Number(Messages.Count);
        foreach (var message in Messages)
        {
            message.Write(writer);
        }

        writer.Number(Actions.Count);
        foreach (var action in Actions)
        {
            action.Write(writer);
        }

        return writer.Release();
    }
}
