using System.Globalization;
using Workflows.Engine.Storage;

namespace Workflows.Engine.History;

/// <summary>What an orchestrator did, as histories keep it. Kept numbers are never reused.</summary>
internal enum ActionKind : byte
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

/// <summary>One action an orchestrator took. Replay must take the same one: same kind, number, name, target and input.</summary>
/// <param name="Kind">What sort.</param>
/// <param name="TaskId">Its number within the generation; 0 where nothing comes back.</param>
/// <param name="Name">Of the activity, orchestration or event; for a failure the exception's type.</param>
/// <param name="Target">The instance it is aimed at; empty if none.</param>
/// <param name="Hash">Of the input; for a timer its due time in UTC ticks.</param>
internal readonly record struct TurnAction(ActionKind Kind, int TaskId, string Name, string Target, long Hash)
{
    public static TurnAction Read(ref ByteReader reader) => new(
        (ActionKind)reader.Byte(), reader.Int(), reader.Text(), reader.Text(), reader.Fixed());

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
        ActionKind.Timer => string.Create(
            CultureInfo.InvariantCulture, $"Timer #{TaskId} due {new DateTimeOffset(Hash, TimeSpan.Zero):O}"),
        _ => string.Create(
            CultureInfo.InvariantCulture,
            $"{Kind}{(TaskId > 0 ? $" #{TaskId}" : "")}{(Name == "" ? "" : $" '{Name}'")}"
            + $"{(Target == "" ? "" : $" for '{Target}'")} (input {Hash:x16})"),
    };
}
