using System.Globalization;
using Workflows.Engine.Storage;

namespace Workflows.Engine.History;

/// <summary>The kinds of actions of an orchestrator. Their numbers are stored in histories and never reused.</summary>
internal enum TurnActionKind : byte
{
    Activity = 1,
    Timer = 2,
    SubOrchestration = 3,
    Wait = 4,
    SendEvent = 5,
    StartOrchestration = 6,
    Complete = 7,
    Fail = 8,
    ContinueAsNew = 9,
}

/// <summary>
/// One action of an orchestrator. A replay must give the same one: same kind, number, name, target and input.
/// </summary>
/// <param name="Kind">The kind.</param>
/// <param name="TaskId">The number of the task within the generation; 0 when the action has no result.</param>
/// <param name="Name">
/// The name of the activity, orchestration or event; for a failure the type of the exception.
/// </param>
/// <param name="Target">The instance that it reaches; empty when there is none.</param>
/// <param name="Hash">The hash of the input; for a timer its due time in UTC ticks.</param>
internal readonly record struct TurnAction(TurnActionKind Kind, int TaskId, string Name, string Target, long Hash)
{
    public static TurnAction Read(ref ByteReader reader) => new(
        (TurnActionKind)reader.Byte(), reader.Int(), reader.Text(), reader.Text(), reader.Fixed());

    public void Write(ByteWriter writer)
    {
        writer.Byte((byte)Kind);
        writer.Number(TaskId);
        writer.Text(Name);
        writer.Text(Target);
        writer.Fixed(Hash);
    }

    public override string ToString() => Kind switch
    {
        TurnActionKind.Timer => string.Create(
            CultureInfo.InvariantCulture, $"Timer #{TaskId} due {new DateTimeOffset(Hash, TimeSpan.Zero):O}"),
        _ => string.Create(
            CultureInfo.InvariantCulture,
            $"{Kind}{(TaskId > 0 ? $" #{TaskId}" : "")}{(Name == "" ? "" : $" '{Name}'")}"
            + $"{(Target == "" ? "" : $" for '{Target}'")} (input {Hash:x16})"),
    };
}
