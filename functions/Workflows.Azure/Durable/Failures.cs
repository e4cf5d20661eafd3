using System.Text.Json;
using Microsoft.DurableTask;
using Workflows.Platform;

namespace Workflows.Azure.Durable;

/// <summary>
/// Thrown out of functions in place of what failed. Durable Functions keeps a failure's type name and message only, so
/// the details travel as the message.
/// </summary>
internal sealed class RecordedFailureException(FailureDetails failure)
    : Exception(JsonSerializer.Serialize(failure, DurableJson.Options))
{
    public static RecordedFailureException Of(Exception exception) => new(FailureDetails.From(exception) with
    {
        IsNonRetriable = exception is PayloadTooLargeException or NonRetriableException,
    });

    /// <summary>What Durable kept, as the Platform reports it.</summary>
    public static FailureDetails Read(TaskFailureDetails kept)
    {
        if (kept.ErrorType == typeof(RecordedFailureException).FullName)
        {
            try
            {
                return JsonSerializer.Deserialize<FailureDetails>(kept.ErrorMessage, DurableJson.Options)!;
            }
            catch (JsonException)
            {
                // Cut short on its way; the text is still the best there is.
            }
        }

        return new FailureDetails(
            kept.ErrorType, kept.ErrorMessage, [], kept.InnerFailure is { } inner ? Read(inner) : null);
    }
}

/// <summary>A failure of this home's own that no retry can help.</summary>
internal sealed class NonRetriableException(string message) : Exception(message);
