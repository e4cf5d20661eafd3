using Azure.Core;
using Azure.Core.Pipeline;

namespace Azure.Storage.Queues;

public class QueueServiceClient
{
    private const string StorageScope = "https://storage.azure.com/.default";
    private const int DevelopmentPort = 10001;

    private readonly QueueRequests _requests;

    public QueueServiceClient(string connectionString, QueueClientOptions options)
    {
        var connection = StorageConnection.Parse(connectionString, "queue", DevelopmentPort);
        _requests = Connect(connection.Endpoint, new QueueSharedKeyPolicy(connection.AccountName, connection.AccountKey), options);
    }

    public QueueServiceClient(Uri serviceUri, TokenCredential credential, QueueClientOptions options = null) =>
        _requests = Connect(serviceUri, new BearerTokenAuthenticationPolicy(credential, StorageScope), options);

    protected QueueServiceClient()
    {
    }

    public virtual QueueClient GetQueueClient(string queueName) => new(_requests, queueName);

    private static QueueRequests Connect(Uri endpoint, HttpPipelinePolicy authentication, QueueClientOptions options)
    {
        options ??= new QueueClientOptions();
        var pipeline = HttpPipelineBuilder.Build(new HttpPipelineOptions(options)
        {
            PerRetryPolicies = { authentication },
            ResponseClassifier = new ResponseClassifier(),
            RequestFailedDetailsParser = new QueueErrorParser(),
        });
        return new QueueRequests(pipeline, endpoint, options);
    }
}
