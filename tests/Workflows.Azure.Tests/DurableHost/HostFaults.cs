using Grpc.Core;
using Protocol = Microsoft.DurableTask.Protobuf;

namespace Workflows.Azure.Tests.DurableHost;

/// <summary>What a client's calls to the host come to while the host fails.</summary>
internal sealed class HostFaults
{
    /// <summary>Events are refused.</summary>
    public bool TakesNoEvents { get; set; }

    /// <summary>Events for this instance are refused.</summary>
    public string? TakesNoEventsFor { get; set; }

    /// <summary>Starts are refused.</summary>
    public bool TakesNoStarts { get; set; }

    /// <summary>Starts of this instance are refused.</summary>
    public string? TakesNoStartsFor { get; set; }

    /// <summary>Purges are carried out, and their answers are lost.</summary>
    public bool LosesAnswersToPurges { get; set; }

    /// <summary>How many calls were refused.</summary>
    public int Refused { get; private set; }

    public void ThrowIfRefused(object request)
    {
        var isRefused = request switch
        {
            Protocol.RaiseEventRequest raise => TakesNoEvents || TakesNoEventsFor == raise.InstanceId,
            Protocol.CreateInstanceRequest start => TakesNoStarts || TakesNoStartsFor == start.InstanceId,
            _ => false,
        };
        if (isRefused)
        {
            Refused++;
            throw Unreachable();
        }
    }

    public void ThrowIfAnswerIsLost(object request)
    {
        if (request is Protocol.PurgeInstancesRequest && LosesAnswersToPurges)
        {
            throw Unreachable();
        }
    }

    // Not "Unavailable": the client would try again by itself.
    private static RpcException Unreachable() => new(new Status(StatusCode.Internal, "The host cannot be reached."));
}
