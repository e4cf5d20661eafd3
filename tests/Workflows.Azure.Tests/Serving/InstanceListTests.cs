using System.Globalization;
using System.Text.Json;
using Grpc.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Workflows.Azure.Durable;
using Workflows.Platform;
using OrchestrationQuery = Workflows.Platform.OrchestrationQuery;

namespace Workflows.Azure.Tests.Serving;

/// <summary>Lists of instances within what one message of Durable's carries.</summary>
public sealed class InstanceListTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 4, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_list_tells_run_parent_and_version_and_no_payloads()
    {
        var page = await ReadAsync(new Hub([Instance("child", 10)]), new OrchestrationQuery());
        var listed = Assert.Single(page.Instances);
        Assert.Equal("child", listed.InstanceId);
        Assert.Equal("run-of-child", listed.ExecutionId);
        Assert.Equal("parent-of-child", listed.ParentInstanceId);
        Assert.Equal("2", listed.Version);
        Assert.Null(listed.Input);
        Assert.Null(listed.Output);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1_000)]
    public async Task Pages_that_do_not_fit_are_read_in_smaller_ones_and_miss_nothing(int pageSize)
    {
        // Any five of them fill a message.
        var hub = new Hub([.. Enumerable.Range(0, 300).Select(n => Instance($"deal-{n}", Hub.MostCharacters / 5))]);
        var listed = await AllAsync(hub, pageSize);
        Assert.Equal(Enumerable.Range(0, 300).Select(n => $"deal-{n}"), listed.Select(each => each.InstanceId));
        Assert.All(listed, each => Assert.Equal($"run-of-{each.InstanceId}", each.ExecutionId));
    }

    [Fact]
    public async Task Ordinary_instances_cost_one_request_for_a_page()
    {
        var hub = new Hub([.. Enumerable.Range(0, 500).Select(n => Instance($"deal-{n}", 4_000))]);
        Assert.Equal(500, (await AllAsync(hub, 1_000)).Count);
        Assert.Equal(3, hub.Requests);
    }

    [Fact]
    public async Task One_that_no_message_carries_hides_no_other()
    {
        var hub = new Hub([Instance("before", 10), Instance("huge", Hub.MostCharacters + 1), Instance("after", 10)]);
        var listed = await AllAsync(hub, 100);
        Assert.Equal(["before", "huge", "after"], listed.Select(each => each.InstanceId));
        Assert.Equal(["run-of-before", "", "run-of-after"], listed.Select(each => each.ExecutionId));
    }

    [Fact]
    public async Task Trouble_of_another_kind_is_told() => await Assert.ThrowsAsync<RpcException>(
        () => ReadAsync(new Hub([]) { Trouble = StatusCode.Unavailable }, new OrchestrationQuery()));

    private static Task<OrchestrationPage> ReadAsync(Hub hub, OrchestrationQuery query) =>
        InstanceList.ReadAsync(hub, query, CancellationToken.None);

    private static async Task<List<OrchestrationState>> AllAsync(Hub hub, int pageSize)
    {
        var all = new List<OrchestrationState>();
        var query = new OrchestrationQuery { PageSize = pageSize };
        do
        {
            var page = await ReadAsync(hub, query);
            Assert.InRange(page.Instances.Count, 0, pageSize);
            all.AddRange(page.Instances);
            query = query with { Continuation = page.Continuation };
        }
        while (query.Continuation is not null);

        return all;
    }

    private static OrchestrationMetadata Instance(string id, int characters) => new("InquiryToPayment", id)
    {
        RuntimeStatus = OrchestrationRuntimeStatus.Completed,
        CreatedAt = Now,
        LastUpdatedAt = Now,
        SerializedInput = JsonSerializer.Serialize(new InstanceStart(
            JsonSerializer.SerializeToElement(new string('x', characters)), $"run-of-{id}")
        {
            Parent = $"parent-of-{id}",
            Version = "2",
        }),
        SerializedOutput = "\"done\"",
    };

    /// <summary>
    /// Durable's client, for lists alone: it fails as gRPC does where an answer is larger than a message may be.
    /// </summary>
    private sealed class Hub(IReadOnlyList<OrchestrationMetadata> instances) : DurableTaskClient("tests")
    {
        public const int MostCharacters = 4 * 1024 * 1024;

        public StatusCode? Trouble { get; init; }

        public int Requests { get; private set; }

        public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(
            Microsoft.DurableTask.Client.OrchestrationQuery? filter = null) =>
            Pageable.Create<OrchestrationMetadata>((continuation, size, _) =>
            {
                Requests++;
                var from = continuation is null ? 0 : int.Parse(continuation, CultureInfo.InvariantCulture);
                var taken = instances.Skip(from).Take(size ?? filter!.PageSize).ToList();
                var isTooLarge = filter!.FetchInputsAndOutputs
                    && taken.Sum(each => (long)each.SerializedInput!.Length) > MostCharacters;
                if (Trouble is not null || isTooLarge)
                {
                    throw new RpcException(new Status(Trouble ?? StatusCode.ResourceExhausted, "Refused."));
                }

                var next = from + taken.Count;
                return Task.FromResult(new Page<OrchestrationMetadata>(
                    [.. taken.Select(each => filter.FetchInputsAndOutputs ? each : WithoutPayloads(each))],
                    next < instances.Count ? next.ToString(CultureInfo.InvariantCulture) : null));
            });

        public override Task<string> ScheduleNewOrchestrationInstanceAsync(
            TaskName orchestratorName,
            object? input = null,
            StartOrchestrationOptions? options = null,
            CancellationToken cancellation = default) =>
            throw new NotSupportedException();

        public override Task RaiseEventAsync(
            string instanceId,
            string eventName,
            object? eventPayload = null,
            CancellationToken cancellation = default) =>
            throw new NotSupportedException();

        public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(
            string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
            throw new NotSupportedException();

        public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(
            string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
            throw new NotSupportedException();

        public override Task SuspendInstanceAsync(
            string instanceId, string? reason = null, CancellationToken cancellation = default) =>
            throw new NotSupportedException();

        public override Task ResumeInstanceAsync(
            string instanceId, string? reason = null, CancellationToken cancellation = default) =>
            throw new NotSupportedException();

        public override Task<OrchestrationMetadata?> GetInstancesAsync(
            string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
            throw new NotSupportedException();

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private static OrchestrationMetadata WithoutPayloads(OrchestrationMetadata instance) => new(
            instance.Name, instance.InstanceId)
        {
            RuntimeStatus = instance.RuntimeStatus,
            CreatedAt = instance.CreatedAt,
            LastUpdatedAt = instance.LastUpdatedAt,
        };
    }
}
