using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Workflows.Embedded.Serving;
using Workflows.Web;
using Workflows.Web.Hosting.Keys;
using Workflows.Web.Hosting.Rows;

namespace Workflows.Embedded.Keys;

/// <summary>Where the running server is, for a user who may read the files beside its database.</summary>
/// <param name="Url">One of its addresses.</param>
/// <param name="Token">Made at each start; proves that the caller owns the files.</param>
internal sealed record RunningServer(Uri Url, string Token);

/// <summary>
/// How the <c>keys</c> commands reach the server that has the database open. One engine owns the file, so they ask it.
/// The right to do so is the right to read the folder beside the database: it is what anyone needs to own the database
/// itself.
/// </summary>
internal sealed class OwnerChannel(HomeFiles files, ApiKeys keys) : IHomeRoutes
{
    public const string Path = "/owner/keys";
    public const string TokenHeader = "Workflows-Owner";

    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter() },
    };

    private const int LongestBody = 4096;

    private readonly string _token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    /// <summary>Writes down where the server is, for the commands.</summary>
    public void Open(Uri url) => files.Write(files.Running, new RunningServer(url, _token));

    /// <summary>Takes the note away: nobody is to be reached any more.</summary>
    public void Close() => File.Delete(files.Running);

    /// <summary>Every method: to strangers this address is like any other that is not there.</summary>
    public void Map(IEndpointRouteBuilder routes) =>
        routes.Map(Path, HandleAsync)
            .AllowAnonymous()
            .HasNoRow("Opens to who may read the files beside the database.")
            .ExcludeFromDescription();

    private async Task HandleAsync(HttpContext context)
    {
        if (!IsOwner(context)
            || !HttpMethods.IsPost(context.Request.Method)
            || context.Request.ContentLength is null or > LongestBody)
        {
            // For all others the route does not exist: the pipeline writes its usual 404.
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var order = await JsonSerializer.DeserializeAsync<KeyOrder>(context.Request.Body, Json, context.RequestAborted);
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.WriteAsJsonAsync(
            await DoAsync(order!, context.RequestAborted), Json, context.RequestAborted);
    }

    private async Task<KeyReport> DoAsync(KeyOrder order, CancellationToken cancellation)
    {
        try
        {
            return order switch
            {
                { Add: { } name, Role: { } role } =>
                    new KeyReport { Added = await keys.AddAsync(name, role, cancellation) },
                { Revoke: { } idOrName } => new KeyReport { Revoked = await keys.RevokeAsync(idOrName, cancellation) },
                _ => new KeyReport { Keys = await keys.ListAsync(cancellation) },
            };
        }
        catch (ArgumentException exception)
        {
            return new KeyReport { Refusal = exception.Message };
        }
    }

    private bool IsOwner(HttpContext context)
    {
        var given = SHA256.HashData(Encoding.UTF8.GetBytes(context.Request.Headers[TokenHeader].ToString()));
        return CryptographicOperations.FixedTimeEquals(given, SHA256.HashData(Encoding.UTF8.GetBytes(_token)));
    }
}

/// <summary>What is asked of the server: one of the three; neither is a list.</summary>
internal sealed record KeyOrder(string? Add = null, Role? Role = null, string? Revoke = null);

/// <summary>What it answers.</summary>
internal sealed record KeyReport
{
    public NewApiKey? Added { get; init; }

    public int? Revoked { get; init; }

    public IReadOnlyList<ApiKey>? Keys { get; init; }

    public string? Refusal { get; init; }
}
