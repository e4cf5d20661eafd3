using System.Text.Json;
using Workflows.Engine.History;
using Workflows.Platform;

namespace Workflows.Engine.Turns;

/// <summary>The end of a generation.</summary>
/// <param name="Kind">Whether it completed, failed, or continues as new.</param>
/// <param name="Output">The result's JSON, or the failure's.</param>
/// <param name="Detail">The type of the exception when it failed.</param>
/// <param name="Next">What the next generation starts with.</param>
internal sealed record TurnEnd(TurnActionKind Kind, byte[]? Output, string Detail, NextGeneration? Next)
{
    public static TurnEnd Completed(byte[]? output) => new(TurnActionKind.Complete, output, "", null);

    public static TurnEnd Continued(NextGeneration next) => new(TurnActionKind.ContinueAsNew, null, "", next);

    public static TurnEnd Failed(Exception exception)
    {
        var failure = FailureDetails.From(exception);
        return new(
            TurnActionKind.Fail, JsonSerializer.SerializeToUtf8Bytes(failure, DurableJson.Options), failure.Type, null);
    }

    /// <summary>
    /// The action in the history. A failure is compared by its type only: its message may differ in a later build.
    /// </summary>
    public TurnAction ToAction() =>
        new(Kind, 0, Detail, "", Kind == TurnActionKind.Fail ? 0 : Payloads.HashOf(Next is null ? Output : Next.Input));
}
