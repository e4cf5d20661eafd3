using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Protocol = Microsoft.DurableTask.Protobuf;

namespace Workflows.Azure.Tests.DurableHost;

/// <summary>
/// What a client asks for and gets, in virtual time; and a line to the host that a test can break.
/// </summary>
internal sealed class VirtualTimeInterceptor(VirtualTime time, HostFaults faults) : Interceptor
{
    /// <summary>A moment of the machine's clock as the virtual one showed it.</summary>
    public static Timestamp Of(VirtualTime time, Timestamp real) => Timestamp.FromDateTime(time.Of(real.ToDateTime()));

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncUnaryCallContinuation<TRequest,
        TResponse> continuation)
    {
        faults.ThrowIfRefused(request);
        if (request is Protocol.QueryInstancesRequest { Query: { } query })
        {
            query.CreatedTimeFrom = query.CreatedTimeFrom is { } from ? Reached(from.ToDateTime()) : null;
            query.CreatedTimeTo = query.CreatedTimeTo is { } to ? Before(to.ToDateTime()) : null;
        }

        var call = continuation(request, context);
        return new AsyncUnaryCall<TResponse>(
            InVirtualTimeAsync(request, call.ResponseAsync), call.ResponseHeadersAsync, call.GetStatus,
            call.GetTrailers, call.Dispose);
    }

    private async Task<TResponse> InVirtualTimeAsync<TResponse>(object request, Task<TResponse> response)
    {
        var answer = await response;
        faults.ThrowIfAnswerIsLost(request);
        switch (answer)
        {
            case Protocol.GetInstanceResponse { OrchestrationState: { } instance }:
                MoveTimes(instance);
                break;
            case Protocol.QueryInstancesResponse page:
                page.OrchestrationState.ToList().ForEach(MoveTimes);
                break;
        }

        return answer;
    }

    private Timestamp Reached(DateTime moment) => Timestamp.FromDateTime(time.ReachedAt(moment));

    /// <summary>The last real moment at which the virtual clock showed this or earlier.</summary>
    private Timestamp Before(DateTime moment) =>
        Timestamp.FromDateTime(time.ReachedAt(moment.AddTicks(1)).AddTicks(-1));

    private void MoveTimes(Protocol.OrchestrationState state)
    {
        state.CreatedTimestamp = Of(time, state.CreatedTimestamp);
        state.LastUpdatedTimestamp = Of(time, state.LastUpdatedTimestamp);
    }
}
