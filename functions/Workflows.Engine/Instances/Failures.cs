using System.Text.Json;
using Workflows.Engine.History;
using Workflows.Platform;

namespace Workflows.Engine.Instances;

/// <summary>Failures that the engine itself creates, encoded as histories store them.</summary>
internal static class Failures
{
    public static byte[] UnknownOrchestration(string name) => Encode(
        new InvalidOperationException($"There is no orchestration '{name}' in this build."), isNonRetriable: true);

    public static byte[] UnknownActivity(string name) => Encode(
        new InvalidOperationException($"There is no activity '{name}' in this build."), isNonRetriable: true);

    public static byte[] VersionRefused(string reason) =>
        Encode(new InvalidOperationException(reason), isNonRetriable: true);

    public static byte[] IdTaken(string id) => Encode(
        new InvalidOperationException($"The instance id '{id}' is taken."), isNonRetriable: true);

    public static byte[] Terminated(string id, string reason) => Encode(
        new InvalidOperationException($"Sub-orchestration '{id}' was terminated: {reason}"), isNonRetriable: true);

    public static byte[] Of(Exception exception) => Encode(exception, exception is PayloadTooLargeException);

    private static byte[] Encode(Exception exception, bool isNonRetriable) => JsonSerializer.SerializeToUtf8Bytes(
        FailureDetails.From(exception) with { IsNonRetriable = isNonRetriable }, DurableJson.Options);
}
