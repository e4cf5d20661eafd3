using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Workflows.Web.Hosting.Problems;

namespace Workflows.Web.Hosting.Requests;

/// <summary>
/// Reads bodies as bytes, within a limit, a time and the <see cref="BodyRoom"/>, before anybody believes anything about
/// them.
/// </summary>
public static class RawBody
{
    /// <summary>Adds what bodies are read by.</summary>
    public static IServiceCollection AddRawBodies(this IServiceCollection services, WebOptions options) =>
        services.AddSingleton(_ => new BodyRoom(options.RateLimits));

    /// <summary>Reads a JSON body's bytes once its headers promise JSON in UTF-8 as it is.</summary>
    /// <exception cref="ProblemException">413, 415, 408 when it comes too slowly, 503 without room for it.</exception>
    internal static Task<byte[]> ReadJsonAsync(HttpContext context, int limit)
    {
        ThrowIfNotJson(context.Request, limit);
        return ReadAsync(context, limit);
    }

    /// <summary>Reads a body's bytes, for the routes of homes too.</summary>
    /// <exception cref="ProblemException">413, 408 when it comes too slowly, 503 without room for it.</exception>
    public static Task<byte[]> ReadAsync(HttpContext context, int limit) =>
        ReadAsync(context, limit, timeout: null, body => body.ToArray());

    /// <summary>Reads a body and makes something of it.</summary>
    /// <param name="timeout">Within which all of it must be here; null is that of every other body.</param>
    /// <param name="use">Takes what has come where it lies: what it does not copy is never copied.</param>
    /// <exception cref="ProblemException">413, 408 when it comes too slowly, 503 without room for it.</exception>
    internal static async Task<T> ReadAsync<T>(
        HttpContext context, int limit, TimeSpan? timeout, Func<ReadOnlySequence<byte>, T> use)
    {
        ThrowIfTooLarge(context.Request, limit);
        var room = context.RequestServices.GetRequiredService<BodyRoom>();
        var share = room.Open(context);
        using var inTime = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        inTime.CancelAfter(timeout ?? room.Timeout);
        try
        {
            share.Hold(0);
            return await ReadAsync(context.Request.BodyReader, limit, share, use, inTime.Token);
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            share.Dispose();
            throw new ProblemException(ProblemType.RequestTimeout);
        }
        catch (ProblemException)
        {
            // Refused: its answer may wait for a while, and must not hold room that others could have.
            share.Dispose();
            throw;
        }
    }

    /// <exception cref="ProblemException">413 when it announces too much, 415.</exception>
    internal static void ThrowIfNotJson(HttpRequest request, int limit)
    {
        ThrowIfTooLarge(request, limit);
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

    private static async Task<T> ReadAsync<T>(
        PipeReader reader, int limit, BodyShare share, Func<ReadOnlySequence<byte>, T> use,
        CancellationToken cancellation)
    {
        while (true)
        {
            var result = await reader.ReadAsync(cancellation);
            var body = result.Buffer;
            if (body.Length > limit)
            {
                reader.AdvanceTo(body.End);
                throw new ProblemException(ProblemType.TooLarge);
            }

            if (!result.IsCompleted)
            {
                reader.AdvanceTo(body.Start, body.End);
                share.Hold(body.Length);
                continue;
            }

            try
            {
                share.Hold(body.Length);
                share.Keep();
                return use(body);
            }
            finally
            {
                reader.AdvanceTo(body.End);
            }
        }
    }

    private static void ThrowIfTooLarge(HttpRequest request, int limit)
    {
        if (request.ContentLength > limit)
        {
            throw new ProblemException(ProblemType.TooLarge);
        }
    }
}
