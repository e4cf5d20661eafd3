using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Workflows.Web.Hosting.Requests;

namespace Workflows.Web.Hosting.Idempotency;

/// <summary>
/// The SHA-256 of a request's method, address and raw body, whatever reads that body: JSON, a form or an upload.
/// </summary>
internal static class RequestFingerprint
{
    /// <summary>
    /// Lets the body be read twice where a key came with it: binding reads it before the filter runs.
    /// </summary>
    public static Task KeepBodyAsync(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<TakesIdempotencyKey>() is not null
            && IdempotencyKeyHeader.IsSent(context.Request))
        {
            context.Request.EnableBuffering(bufferThreshold: BodyLimits.Json);
        }

        return next(context);
    }

    /// <summary>Takes it. The body is at its beginning after that.</summary>
    public static async Task<byte[]> OfAsync(HttpContext context)
    {
        var request = context.Request;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString}\n"));
        var buffer = new byte[16 * 1024];
        request.Body.Position = 0;
        while (await request.Body.ReadAsync(buffer, context.RequestAborted) is var count and > 0)
        {
            hash.AppendData(buffer, 0, count);
        }

        request.Body.Position = 0;
        return hash.GetHashAndReset();
    }
}
