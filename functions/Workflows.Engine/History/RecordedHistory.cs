using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Workflows.Engine.Instances;
using Workflows.Platform;

namespace Workflows.Engine.History;

/// <summary>
/// The history of one generation as a file that people can read and later builds replay, to prove that they still can.
/// Payloads are stored as their JSON text.
/// </summary>
internal sealed record RecordedHistory
{
    private static readonly JsonSerializerOptions Json = new(DurableJson.Options) { WriteIndented = true };

    public required string Instance { get; init; }

    public required string Orchestration { get; init; }

    public string? Version { get; init; }

    public string? ParentInstance { get; init; }

    public int Generation { get; init; }

    /// <summary>The execution id, from which ids and GUIDs are derived.</summary>
    public required string Execution { get; init; }

    public string? Input { get; init; }

    public required IReadOnlyList<RecordedTurn> Turns { get; init; }

    public static RecordedHistory Of(InstanceRow row, IReadOnlyList<TurnRecord> turns, long fileId) => new()
    {
        Instance = row.Id,
        Orchestration = row.Name,
        Version = row.Version,
        ParentInstance = row.Parent?.Id,
        Generation = row.Generation,
        Execution = row.ExecutionId(fileId),
        Input = TextOf(row.Input),
        Turns = [.. turns.Select(turn => new RecordedTurn(
            new DateTimeOffset(turn.At, TimeSpan.Zero),
            [.. turn.Messages.Select(RecordedMessage.Of)],
            [.. turn.Actions.Select(RecordedAction.Of)]))],
    };

    public static RecordedHistory Parse(string json) => JsonSerializer.Deserialize<RecordedHistory>(json, Json)
        ?? throw new InvalidDataException("A recorded history is not null.");

    public string Print() => JsonSerializer.Serialize(this, Json);

    public (InstanceRow Row, IReadOnlyList<TurnRecord> Turns, long FileId) Restore()
    {
        var parts = Execution.Split('-');
        var row = new InstanceRow(Convert.ToInt64(parts[1], 16), Instance, Orchestration, Version, 0)
        {
            Generation = Generation,
            Input = BytesOf(Input),
            Parent = ParentInstance is null ? null : new ParentLink(ParentInstance, 0, 0, 0),
        };
        return (row, [.. Turns.Select(turn => turn.Restore())], Convert.ToInt64(parts[0], 16));
    }

    internal static string? TextOf(byte[]? payload) => payload is null ? null : Encoding.UTF8.GetString(payload);

    internal static byte[]? BytesOf(string? text) => text is null ? null : Encoding.UTF8.GetBytes(text);
}

/// <summary>One recorded turn.</summary>
internal sealed record RecordedTurn(
    DateTimeOffset At, IReadOnlyList<RecordedMessage> Messages, IReadOnlyList<RecordedAction> Actions)
{
    public TurnRecord Restore() => new(
        At.UtcTicks,
        [.. Messages.Select(message => message.Restore())],
        [.. Actions.Select(action => action.Restore())]);
}

/// <summary>A message that a turn consumed.</summary>
internal sealed record RecordedMessage(string Kind)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Task { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Generation { get; init; }

    public string? Name { get; init; }

    public string? EventId { get; init; }

    public string? Payload { get; init; }

    public string? Failure { get; init; }

    public DateTimeOffset? Due { get; init; }

    public string? InputHash { get; init; }

    public static RecordedMessage Of(Message message) => message switch
    {
        Started started => new(nameof(Started)) { InputHash = RecordedAction.Hex(started.InputHash) },
        TaskCompleted done => new(nameof(TaskCompleted))
        {
            Task = done.TaskId,
            Generation = done.Generation,
            Payload = RecordedHistory.TextOf(done.Result),
            Failure = RecordedHistory.TextOf(done.Failure),
        },
        TimerFired fired => new(nameof(TimerFired))
        {
            Task = fired.TaskId,
            Generation = fired.Generation,
            Due = new DateTimeOffset(fired.Due, TimeSpan.Zero),
        },
        EventRaised raised => new(nameof(EventRaised))
        {
            Name = raised.Name,
            EventId = raised.EventId,
            Payload = RecordedHistory.TextOf(raised.Payload),
        },
        _ => throw new InvalidOperationException($"A turn does not consume a {message.GetType().Name}."),
    };

    public Message Restore() => Kind switch
    {
        nameof(Started) => new Started(Convert.ToInt64(InputHash, 16)),
        nameof(TaskCompleted) => new TaskCompleted(
            Generation, Task, RecordedHistory.BytesOf(Payload), RecordedHistory.BytesOf(Failure)),
        nameof(TimerFired) => new TimerFired(Generation, Task, Due!.Value.UtcTicks),
        nameof(EventRaised) => new EventRaised(Name!, RecordedHistory.BytesOf(Payload), EventId!),
        _ => throw new InvalidDataException($"A recorded message is of unknown kind {Kind}."),
    };
}

/// <summary>An action of a turn.</summary>
internal sealed record RecordedAction(TurnActionKind Kind)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Task { get; init; }

    public string? Name { get; init; }

    public string? Target { get; init; }

    public DateTimeOffset? Due { get; init; }

    public string? InputHash { get; init; }

    public static RecordedAction Of(TurnAction action) => new(action.Kind)
    {
        Task = action.TaskId,
        Name = action.Name == "" ? null : action.Name,
        Target = action.Target == "" ? null : action.Target,
        Due = action.Kind == TurnActionKind.Timer ? new DateTimeOffset(action.Hash, TimeSpan.Zero) : null,
        InputHash = action.Kind == TurnActionKind.Timer ? null : Hex(action.Hash),
    };

    public TurnAction Restore() =>
        new(Kind, Task, Name ?? "", Target ?? "", Due?.UtcTicks ?? Convert.ToInt64(InputHash, 16));

    internal static string Hex(long hash) => hash.ToString("x16", System.Globalization.CultureInfo.InvariantCulture);
}
