using Workflows.Engine.Storage;

namespace Workflows.Engine.History;

/// <summary>
/// A message for an instance. The turn that consumes it stores it in its record; until then it is in the inbox.
/// </summary>
internal abstract record Message
{
    private enum Kind : byte
    {
        Started = 1,
        TaskCompleted = 2,
        TimerFired = 3,
        EventRaised = 4,
        Terminate = 5,
        Rewind = 6,
    }

    public static Message Decode(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        return Read(ref reader);
    }

    public static Message Read(ref ByteReader reader)
    {
        var kind = (Kind)reader.Byte();
        return kind switch
        {
            Kind.Started => new Started(reader.Fixed()),
            Kind.TaskCompleted =>
                new TaskCompleted(reader.Int(), reader.Int(), reader.BytesOrNull(), reader.BytesOrNull()),
            Kind.TimerFired => new TimerFired(reader.Int(), reader.Int(), reader.Number()),
            Kind.EventRaised => new EventRaised(reader.Text(), reader.BytesOrNull(), reader.Text()),
            Kind.Terminate => new Terminate(reader.Text(), reader.Bool()),
            Kind.Rewind => new Rewind(reader.Text()),
            _ => throw new InvalidDataException($"A stored message is of unknown kind {(byte)kind}."),
        };
    }

    public byte[] Encode()
    {
        var writer = ByteWriter.Rent();
        Write(writer);
        return writer.Release();
    }

    public void Write(ByteWriter writer)
    {
        switch (this)
        {
            case Started started:
                writer.Byte((byte)Kind.Started);
                writer.Fixed(started.InputHash);
                break;
            case TaskCompleted completed:
                writer.Byte((byte)Kind.TaskCompleted);
                writer.Number(completed.Generation);
                writer.Number(completed.TaskId);
                writer.BytesOrNull(completed.Result);
                writer.BytesOrNull(completed.Failure);
                break;
            case TimerFired fired:
                writer.Byte((byte)Kind.TimerFired);
                writer.Number(fired.Generation);
                writer.Number(fired.TaskId);
                writer.Number(fired.Due);
                break;
            case EventRaised raised:
                writer.Byte((byte)Kind.EventRaised);
                writer.Text(raised.Name);
                writer.BytesOrNull(raised.Payload);
                writer.Text(raised.EventId);
                break;
            case Terminate terminate:
                writer.Byte((byte)Kind.Terminate);
                writer.Text(terminate.Reason);
                writer.Bool(terminate.Recursive);
                break;
            case Rewind rewind:
                writer.Byte((byte)Kind.Rewind);
                writer.Text(rewind.Reason);
                break;
            default:
                throw new InvalidOperationException($"A {GetType().Name} is not stored.");
        }
    }
}

/// <summary>A generation begins. Its input is in the instance's row, and must have this hash.</summary>
internal sealed record Started(long InputHash) : Message;

/// <summary>
/// An activity or sub-orchestration ended. The failure is the JSON of its details; null when it succeeded.
/// </summary>
internal sealed record TaskCompleted(int Generation, int TaskId, byte[]? Result, byte[]? Failure) : Message;

/// <summary>A durable timer is due. Task 0 is a scheduled start.</summary>
internal sealed record TimerFired(int Generation, int TaskId, long Due) : Message;

/// <summary>An event was raised.</summary>
internal sealed record EventRaised(string Name, byte[]? Payload, string EventId) : Message;

/// <summary>The instance is to be terminated.</summary>
internal sealed record Terminate(string Reason, bool Recursive) : Message;

/// <summary>The failed instance is to be rewound.</summary>
internal sealed record Rewind(string Reason) : Message;
