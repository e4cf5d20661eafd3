using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Workflows.Web.Hosting.Problems;
using Workflows.Web.Hosting.Security;

namespace Workflows.Web.Hosting.Requests;

/// <summary>A form of one of our own pages, read only after its origin was proved.</summary>
internal sealed class FormBody : IBindableFromHttpContext<FormBody>, IEndpointParameterMetadataProvider
{
    private readonly IFormCollection _fields;

    internal FormBody(IFormCollection fields) => _fields = fields;

    /// <summary>A field's text without blanks around it; empty when it is missing.</summary>
    public string this[string field] =>
        _fields.TryGetValue(field, out var values) && values is [{ } value] ? value.Trim() : "";

    public static async ValueTask<FormBody?> BindAsync(HttpContext context, ParameterInfo parameter) =>
        await ReadAsync(context);

    /// <exception cref="ProblemException">
    /// 400 when it cannot be read, 403 when it is not our own page's, 413 when it is too large, 408 when it comes too
    /// slowly, 503 without room for it.
    /// </exception>
    public static async Task<FormBody> ReadAsync(HttpContext context)
    {
        if (context.Request.ContentLength > BodyLimits.Form)
        {
            throw new ProblemException(ProblemType.TooLarge);
        }

        try
        {
            // Read here and not inside of the token's check, which takes every fault of reading for an unknown failure;
            // and as bytes first, so that a form is bounded like every other body.
            Csrf.ThrowIfFromElsewhere(context.Request);
            context.Request.Body = new MemoryStream(await RawBody.ReadAsync(context, BodyLimits.Form));
            var fields = await context.Request.ReadFormAsync(context.RequestAborted);
            await Csrf.ThrowIfForgedAsync(context);
            return new FormBody(fields);
        }
        catch (InvalidDataException)
        {
            throw new ProblemException(ProblemType.BadRequest);
        }
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(["application/x-www-form-urlencoded"], typeof(IFormCollection)));
}
