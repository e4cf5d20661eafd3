using DurableTask.AzureStorage;
using DurableTask.AzureStorage.Tracking;
using DurableTask.Core;
using Microsoft.Azure.WebJobs.Extensions.DurableTask;
using Newtonsoft.Json.Linq;
using PurgeHistoryResult = Microsoft.Azure.WebJobs.Extensions.DurableTask.PurgeHistoryResult;

namespace Workflows.Azure.Tests.DurableHost;

/// <summary>
/// What the extension is given as its storage: the official engine of Azure Storage, behind <see
/// cref="DurableStorage"/>. The extension's own provider is not public; this one answers as it does.
/// </summary>
internal sealed class DurableStorageProvider(AzureStorageOrchestrationService official, IDurableStorage storage)
    : DurabilityProvider("Azure Storage", storage, storage, "AzureWebJobsStorage")
{
    public override bool CheckStatusBeforeRaiseEvent => true;

    public override JObject ConfigurationJson { get; } = [];

    public override TimeSpan MaximumDelayTime { get; set; } = TimeSpan.FromDays(6);

    public override TimeSpan LongRunningTimerIntervalLength { get; set; } = TimeSpan.FromDays(3);

    public override string EventSourceName { get; set; } = "DurableTask-AzureStorage";

    public override Task<IList<OrchestrationState>> GetAllOrchestrationStates(CancellationToken cancellationToken) =>
        official.GetOrchestrationStateAsync(cancellationToken);

    public override Task<IList<OrchestrationState>> GetOrchestrationStateWithInputsAsync(
        string instanceId, bool showInput = true) =>
        official.GetOrchestrationStateAsync(instanceId, false, showInput);

    public override Task RewindAsync(string instanceId, string reason) =>
        official.RewindTaskOrchestrationAsync(instanceId, reason);

    public override async Task<PurgeHistoryResult> PurgeInstanceHistoryByInstanceId(string instanceId) =>
        new((await official.PurgeInstanceHistoryAsync(instanceId)).InstancesDeleted);

    public override void SetUseSeparateQueueForEntityWorkItems(bool newValue) =>
        official.UseSeparateQueuesForEntityWorkItems = newValue;
}

/// <summary>Makes the provider of one process of the host.</summary>
internal sealed class DurableStorageProviderFactory(DurableStorageProvider provider) : IDurabilityProviderFactory
{
    /// <summary>The <c>type</c> of the storage provider in the extension's options.</summary>
    public const string TypeName = "VirtualTime";

    public string Name => TypeName;

    public void SetUseSeparateQueueForEntityWorkItems(bool newValue) =>
        provider.SetUseSeparateQueueForEntityWorkItems(newValue);

    public DurabilityProvider GetDurabilityProvider() => provider;

    public DurabilityProvider GetDurabilityProvider(DurableClientAttribute attribute) => provider;
}
