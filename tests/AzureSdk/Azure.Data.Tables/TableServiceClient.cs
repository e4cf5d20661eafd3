using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage;

namespace Azure.Data.Tables;

public class TableServiceClient
{
    private const string StorageScope = "https://storage.azure.com/.default";
    private const int DevelopmentPort = 10002;

    private readonly TableRequests _requests;

    public TableServiceClient(string connectionString, TableClientOptions options = null)
    {
        var connection = StorageConnection.Parse(connectionString, "table", DevelopmentPort);
        _requests = Connect(connection.Endpoint, new TableSharedKeyPolicy(connection.AccountName, connection.AccountKey), options);
    }

    public TableServiceClient(Uri endpoint, TokenCredential tokenCredential, TableClientOptions options = null) =>
        _requests = Connect(endpoint, new BearerTokenAuthenticationPolicy(tokenCredential, StorageScope), options);

    protected TableServiceClient()
    {
    }

    public virtual TableClient GetTableClient(string tableName) => new(_requests, tableName);

    private static TableRequests Connect(Uri endpoint, HttpPipelinePolicy authentication, TableClientOptions options)
    {
        options ??= new TableClientOptions();
        var pipeline = HttpPipelineBuilder.Build(new HttpPipelineOptions(options)
        {
            PerRetryPolicies = { authentication },
            ResponseClassifier = new ResponseClassifier(),
            RequestFailedDetailsParser = new TableErrorParser(),
        });
        return new TableRequests(pipeline, endpoint, options.VersionString);
    }
}
