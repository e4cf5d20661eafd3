using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Workflows.Platform;
using Workflows.Web.Hosting.Idempotency;
using Workflows.Web.Hosting.Keys;
using Workflows.Web.Hosting.OpenApi;
using Workflows.Web.Hosting.Problems;
using Workflows.Web.Hosting.Requests;

namespace Workflows.Web.Operations;

/// <summary>Why an operator does it.</summary>
internal sealed record OperationRequest([Line(300)] string Reason);

/// <summary>An event raised by hand.</summary>
/// <param name="Reason">Why it is raised.</param>
/// <param name="Payload">As the instance expects it.</param>
internal sealed record EventRequest([Line(300)] string Reason, JsonElement Payload);

/// <summary>What became of an operation.</summary>
/// <param name="Outcome">Done, or NoChange when the state does not allow it or it was so already.</param>
internal sealed record OperationResponse(string InstanceId, string Outcome);

/// <summary>
/// Operations on the orchestrations behind the business, and the trail of who did what. Ledgers, timelines and audits
/// stay as they are.
/// </summary>
internal static class InstanceEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var group = api.MapGroup("/instances").RequireAuthorization(Permissions.Operate).WithTags("Operations");
        group.MapGet("", ListAsync).WithSummary("List instances, oldest first").Problems(400, 401, 403, 429);
        group.MapGet("/{id}", GetAsync).WithSummary("One instance as last committed").Problems(401, 403, 404, 429);
        Operation("terminate", "End it where it stands; undone by a rewind",
            (client, id, reason, cancellation) => client.TerminateAsync(id, reason, recursive: true, cancellation));
        Operation("suspend", "Hold it; undone by a resume",
            (client, id, reason, cancellation) => client.SuspendAsync(id, reason, cancellation));
        Operation("resume", "Let it go on, or try again when it is blocked",
            (client, id, reason, cancellation) => client.ResumeAsync(id, reason, cancellation));
        Operation("rewind", "Run its failed steps again, or let a terminated one go on",
            (client, id, reason, cancellation) => client.RewindAsync(id, reason, cancellation));
        Operation("purge", "Remove its history", (client, id, _, cancellation) => client.PurgeAsync(id, cancellation));
        group.MapPost("/{id}/restart", async (
                string id, Body<OperationRequest> body, Actor actor, InstanceCommands commands,
                CancellationToken cancellation) =>
                Answer(id, await commands.RestartAsync(actor, Checked(id), body.Value.Reason, cancellation)))
            .WithSummary("Run a failed or terminated one again with its input")
            .Problems(400, 401, 403, 404, 409, 413, 415, 422, 429, 503);
        group.MapPost("/{id}/events/{name}", RaiseAsync)
            .MaybeOncePerKey()
            .WithSummary("Raise an event to it")
            .Problems(400, 401, 403, 404, 409, 413, 415, 422, 429, 503);
        api.MapGet("/operations", LogAsync)
            .RequireAuthorization(Permissions.Operate)
            .WithTags("Operations")
            .WithSummary("What administrators did, newest first")
            .Problems(400, 401, 403, 429);

        void Operation(
            string name, string summary,
            Func<IOrchestrationClient, string, string, CancellationToken, Task<OperationOutcome>> operate) =>
            group.MapPost("/{id}/" + name, async (
                    string id, Body<OperationRequest> body, Actor actor, InstanceCommands commands,
                    CancellationToken cancellation) =>
                    Answer(id, await commands.OperateAsync(
                        actor, name, Checked(id), body.Value.Reason,
                        client => operate(client, id, body.Value.Reason, cancellation), cancellation)))
                .WithSummary(summary)
                .Problems(400, 401, 403, 404, 413, 415, 422, 429, 503);
    }

    private static async Task<Ok<ListPage<AdminEntry>>> LogAsync(
        int? limit, string? cursor, AdminLog log, CancellationToken cancellation) =>
        TypedResults.Ok(ListPage.Of(await Paging.Of(limit, cursor).ReadAsync(
            (size, from) => log.ListAsync(size, from, cancellation))));

    private static async Task<Ok<ListPage<OrchestrationState>>> ListAsync(
        string? prefix, string? orchestration, [Choice(typeof(OrchestrationStatus))] string? status, int? limit,
        string? cursor,
        IOrchestrationClient client, CancellationToken cancellation)
    {
        var only = Paging.ChoiceOf<OrchestrationStatus>("status", status);
        var page = await Paging.Of(limit, cursor).ReadAsync((size, from) => client.QueryAsync(
            new InstanceQuery
            {
                IdPrefix = prefix,
                Orchestration = orchestration,
                Statuses = only is { } one ? [one] : null,
                PageSize = size,
                Continuation = from,
            },
            cancellation));
        return TypedResults.Ok(ListPage.Of(page));
    }

    private static async Task<Ok<OrchestrationState>> GetAsync(
        string id, IOrchestrationClient client, CancellationToken cancellation) =>
        TypedResults.Ok(
            await client.GetAsync(Checked(id), cancellation) ?? throw new ProblemException(ProblemType.NotFound));

    private static async Task<Results<Ok<OperationResponse>, Accepted<OperationResponse>>> RaiseAsync(
        string id, string name, Body<EventRequest> body, Submission submission, Actor actor, InstanceCommands commands,
        CancellationToken cancellation) =>
        await commands.RaiseAsync(actor, Checked(id), name, body.Value, submission.Id, cancellation) switch
        {
            RaiseOutcome.NotFound => throw new ProblemException(ProblemType.NotFound),
            RaiseOutcome.TooLate => throw new ProblemException(ProblemType.Conflict, "The instance has ended."),
            RaiseOutcome.Duplicate => TypedResults.Ok(new OperationResponse(id, nameof(RaiseOutcome.Duplicate))),
            _ => TypedResults.Accepted((string?)null, new OperationResponse(id, nameof(RaiseOutcome.Accepted))),
        };

    private static Ok<OperationResponse> Answer(string id, OperationOutcome outcome) =>
        outcome == OperationOutcome.NotFound
            ? throw new ProblemException(ProblemType.NotFound)
            : TypedResults.Ok(new OperationResponse(id, outcome.ToString()));

    private static string Checked(string id)
    {
        try
        {
            InstanceIds.ThrowIfInvalid(id);
            return id;
        }
        catch (ArgumentException)
        {
            throw new ProblemException(ProblemType.NotFound);
        }
    }
}
