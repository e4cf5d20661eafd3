using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.OpenApi;
using Workflows.Approvals;
using Workflows.Web.Hosting.OpenApi;
using Workflows.Web.Hosting.Problems;
using Workflows.Web.Hosting.Requests;

namespace Workflows.Web.Approvals;

/// <summary>
/// The links in approval mails. GET shows what is asked and decides nothing, whichever person or program opens it; only
/// POST decides, with a form that a person filled in on our page, or with JSON, which no page elsewhere can make a
/// browser send.
/// </summary>
internal static class LinkEndpoints
{
    private const string Channel = "link";

    public static void Map(IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/approvals/{token}").AllowAnonymous().WithTags("Approvals");
        group.MapMethods("", ["GET", "HEAD"], ShowAsync)
            .WithSummary("Show what is asked. Decides nothing")
            .Produces<ApprovalView>()
            .Produces(StatusCodes.Status200OK, contentType: "text/html")
            .Problems(403, 404, 409, 410, 429);
        group.MapPost("", DecideAsync)
            .WithSummary("Decide")
            .AddOpenApiOperationTransformer(DescribeBodyAsync)
            .Produces<RecordedDecision>()
            .Produces(StatusCodes.Status303SeeOther)
            .Problems(400, 403, 404, 409, 410, 413, 415, 422, 429, 503);
    }

    /// <summary>
    /// Described by hand: routing would answer other media types before a forged form is recognised as one.
    /// </summary>
    private static async Task DescribeBodyAsync(
        OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        var schema = await context.GetOrCreateSchemaAsync(
            typeof(DecisionRequest), parameterDescription: null, cancellation);
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/json"] = new() { Schema = schema },
                ["application/x-www-form-urlencoded"] =
                    new() { Schema = new OpenApiSchema { Type = JsonSchemaType.Object } },
            },
        };
    }

    private static async Task<IResult> ShowAsync(string token, HttpContext context, ApprovalService service)
    {
        ForgetWhoIsSignedIn(context);
        var view = await service.OpenAsync(token, context.RequestAborted);
        if (!WantsJson(context.Request))
        {
            return LinkPages.Of(context, view);
        }

        return view.State switch
        {
            ApprovalLinkState.Unknown => throw new ProblemException(ProblemType.NotFound),
            ApprovalLinkState.Expired => throw new ProblemException(ProblemType.LinkExpired),
            ApprovalLinkState.Superseded => throw new ProblemException(ProblemType.Superseded),
            ApprovalLinkState.RightLost => throw new ProblemException(ProblemType.RightLost),
            _ => TypedResults.Ok(view),
        };
    }

    private static async Task<IResult> DecideAsync(string token, HttpContext context, ApprovalService service)
    {
        ForgetWhoIsSignedIn(context);
        return context.Request.HasJsonContentType()
            ? await DecideByProgramAsync(token, context, service)
            : await DecideByFormAsync(token, context, service);
    }

    private static async Task<IResult> DecideByProgramAsync(string token, HttpContext context, ApprovalService service)
    {
        var request = StrictJson.Read<DecisionRequest>(await RawBody.ReadJsonAsync(context, BodyLimits.Form));
        return await request.DecideAsync(service, token, Visitor(context), context.RequestAborted) switch
        {
            DecisionResult.Recorded recorded => TypedResults.Ok(recorded.Decision),
            DecisionResult.AlreadySame same => TypedResults.Ok(same.Decision),
            DecisionResult.AlreadyOther other =>
                throw new ProblemException(ProblemType.AlreadyDecided, Outcome(other.Decision)),
            DecisionResult.Expired => throw new ProblemException(ProblemType.LinkExpired),
            DecisionResult.Superseded => throw new ProblemException(ProblemType.Superseded),
            DecisionResult.RightLost => throw new ProblemException(ProblemType.RightLost),
            DecisionResult.Invalid invalid => throw new ProblemException(
                ProblemType.TextInvalid,
                errors: [new ProblemError("/comment", ProblemType.TextInvalid.Slug, invalid.Reason)]),
            _ => throw new ProblemException(ProblemType.NotFound),
        };
    }

    private static async Task<IResult> DecideByFormAsync(string token, HttpContext context, ApprovalService service)
    {
        var form = await FormBody.ReadAsync(context);
        DecisionResult result;
        try
        {
            var request = FormReader.Read<DecisionRequest>(form);
            result = await request.DecideAsync(service, token, Visitor(context), context.RequestAborted);
        }
        catch (ProblemException problem) when (problem.Errors is { Count: > 0 } errors)
        {
            var why = errors[0].Pointer == "/decision"
                ? "Please choose: approve or reject."
                : "The comment has at most 2,000 characters.";
            return await AskAgainAsync(token, context, service, why, form["comment"]);
        }

        return result switch
        {
            DecisionResult.Recorded or DecisionResult.AlreadySame => SeeOther.To($"/api/approvals/{token}"),
            DecisionResult.AlreadyOther other => LinkPages.Decided(other.Decision, isOther: true),
            DecisionResult.Invalid invalid =>
                await AskAgainAsync(token, context, service, invalid.Reason, form["comment"]),
            DecisionResult.Expired => LinkPages.Gone(ApprovalLinkState.Expired),
            DecisionResult.Superseded => LinkPages.Gone(ApprovalLinkState.Superseded),
            DecisionResult.RightLost => LinkPages.Gone(ApprovalLinkState.RightLost),
            _ => LinkPages.Gone(ApprovalLinkState.Unknown),
        };
    }

    private static async Task<IResult> AskAgainAsync(
        string token, HttpContext context, ApprovalService service, string why, string comment)
    {
        var view = await service.OpenAsync(token, context.RequestAborted);
        return LinkPages.Of(context, view, why, comment);
    }

    // A form's proof is bound to who is signed in. A visit out of a mail comes without the strict session, the form
    // that follows comes with it: to a person who is signed in the link's own page would look forged. The link alone
    // decides here.
    private static void ForgetWhoIsSignedIn(HttpContext context) =>
        context.User = new ClaimsPrincipal(new ClaimsIdentity());

    private static DecisionContext Visitor(HttpContext context) => new(
        context.Connection.RemoteIpAddress?.ToString(), context.Request.Headers.UserAgent.ToString(), Channel);

    private static string Outcome(RecordedDecision decision) =>
        $"{decision.Verdict} by {decision.DecidedBy}, {decision.DecidedAtText}.";

    private static bool WantsJson(HttpRequest request) =>
        request.GetTypedHeaders().Accept is { Count: > 0 } accepted
        && accepted.Any(type => type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase))
        && !accepted.Any(type => type.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase));
}
