using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Workflows.Web.Hosting.Problems;

namespace Workflows.Web.Hosting.Requests;

/// <summary>Reads bodies as bytes, within a limit, before anybody believes anything about them.</summary>
internal static class RawBody
{
    /// <summary>Reads a JSON body's bytes once its headers promise JSON in UTF-8 as it is.</summary>
    /// <exception cref="ProblemException">413, 415, or 408 when it comes too slowly.</exception>
    public static Task<byte[]> ReadJsonAsync(HttpContext context, int limit)
    {
        ThrowIfTooLarge(context.Request, limit);
        ThrowIfNotJson(context.Request);
        return ReadAsync(context, limit);
    }

    /// <summary>The same within a time, in which all of it must be here.</summary>
    /// <exception cref="ProblemException">413, 415, or 408 when it comes too slowly.</exception>
    public static async Task<byte[]> ReadJsonAsync(HttpContext context, int limit, TimeSpan timeout)
    {
        var request = context.RequestAborted;
        using var inTime = CancellationTokenSource.CreateLinkedTokenSource(request);
        inTime.CancelAfter(timeout);
        try
        {
            ThrowIfTooLarge(context.Request, limit);
            ThrowIfNotJson(context.Request);
            return await ReadAsync(context, limit, inTime.Token);
        }
        catch (OperationCanceledException) when (!request.IsCancellationRequested)
        {
            throw new ProblemException(ProblemType.RequestTimeout);
        }
    }

    /// <summary>Reads a body's bytes.</summary>
    /// <exception cref="ProblemException">413 when there are more than the limit.</exception>
    public static Task<byte[]> ReadAsync(HttpContext context, int limit) =>
        ReadAsync(context, limit, context.RequestAborted);

    private static async Task<byte[]> ReadAsync(HttpContext context, int limit, CancellationToken cancellation)
    {
        ThrowIfTooLarge(context.Request, limit);
        var reader = context.Request.BodyReader;
        while (true)
        {
            var result = await reader.ReadAsync(cancellation);
            if (result.Buffer.Length > limit)
            {
                reader.AdvanceTo(result.Buffer.End);
                throw new ProblemException(ProblemType.TooLarge);
            }

            if (result.IsCompleted)
            {
                var bytes = result.Buffer.ToArray();
                reader.AdvanceTo(result.Buffer.End);
                return bytes;
            }

            reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
        }
    }

    private static void ThrowIfTooLarge(HttpRequest request, int limit)
    {
        if (request.ContentLength > limit)
        {
            throw new ProblemException(ProblemType.TooLarge);
        }
    }

    private static void ThrowIfNotJson(HttpRequest request)
    {
        var isJson = request.Headers.ContentType is [{ } value]
            && MediaTypeHeaderValue.TryParse(value, out var type)
            && type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            && (
                type.Charset.Length == 0 || HeaderUtilities.RemoveQuotes(type.Charset).Equals(
                    "utf-8", StringComparison.OrdinalIgnoreCase));
        if (!isJson || !StringValues.IsNullOrEmpty(request.Headers.ContentEncoding))
        {
            throw new ProblemException(ProblemType.UnsupportedMediaType);
        }
    }
}
