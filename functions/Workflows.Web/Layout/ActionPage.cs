using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Signals;
using Workflows.Web.Hosting.Idempotency;
using Workflows.Web.Hosting.Problems;
using Workflows.Web.Hosting.Requests;
using Workflows.Web.Hosting.Rows;

namespace Workflows.Web.Layout;

/// <summary>A form that was sent to a page, and what its action needs.</summary>
/// <param name="Reader">Reads the page's contents.</param>
internal sealed record ActionCall<TId, TReader>(
    TId Id, FormBody Form, Submission Submission, TReader Reader, CancellationToken Cancellation)
{
    /// <exception cref="ProblemException">400 or 422, with a pointer to each error.</exception>
    public TRequest Read<TRequest>() where TRequest : class => FormReader.Read<TRequest>(Form);
}

/// <summary>The page of one item, such as a deal, and the actions whose forms are on it.</summary>
/// <param name="kind">What the id of the address names.</param>
/// <param name="path">Where such pages are, such as <c>/deals</c>.</param>
/// <param name="idOf">Reads the id out of the address.</param>
internal sealed class ActionPage<TId, TReader>(
    IEndpointRouteBuilder routes,
    RowKind kind,
    string path,
    Func<string, TId> idOf,
    Func<TId, HttpContext, TReader, ActionReply, Task<IResult>> show) where TReader : class
{
    private readonly Dictionary<string, string> _done = [];
    private readonly RouteGroupBuilder _group = routes.MapGroup(path + "/{id}");

    // Services are asked for here: the generator of request delegates takes no parameter of a generic type.
    public void MapPage() => _group.MapGet("", (string id, HttpContext context) =>
        show(idOf(id), context, context.RequestServices.GetRequiredService<TReader>(), ReplyOf(context)))
        .SeesRow(kind);

    /// <summary>
    /// Maps an action: it sends the browser on to the page when it is done; else it shows the page with what was put in
    /// and why it was refused.
    /// </summary>
    /// <param name="name">The last part of its address.</param>
    /// <param name="done">What the page says once it is done.</param>
    public void MapAction<TCommands>(
        string name,
        string access,
        string done,
        Func<TCommands, ActionCall<TId, TReader>, Task<ActionOutcome>> run) where TCommands : class
    {
        _done.Add(name, done);
        _group.MapPost("/" + name, (string id, FormBody form, Submission submission, HttpContext context) =>
        {
            var commands = context.RequestServices.GetRequiredService<TCommands>();
            var reader = context.RequestServices.GetRequiredService<TReader>();
            var call = new ActionCall<TId, TReader>(idOf(id), form, submission, reader, context.RequestAborted);
            return RunAsync(
                $"{path}/{Uri.EscapeDataString(id)}?done={name}",
                () => run(commands, call),
                problem => show(call.Id, context, reader, RefusalOf(name, form, problem)));
        }).RequireAuthorization(access).ChangesRow(kind);
    }

    /// <summary>Maps an action whose request is the form and whose command sends a signal.</summary>
    /// <param name="command">The command's method.</param>
    /// <inheritdoc cref="MapAction"/>
    public void MapSignal<TCommands, TRequest, TState>(
        string name,
        string access,
        string done,
        Func<TCommands, Func<TId, TRequest, Submission, CancellationToken, Task<SignalReceipt<TState>>>> command)
        where TCommands : class where TRequest : class where TState : class =>
        MapAction<TCommands>(name, access, done, async (commands, call) =>
            (await command(commands)(call.Id, call.Read<TRequest>(), call.Submission, call.Cancellation)).ToOutcome());

    private static async Task<IResult> RunAsync(
        string shown, Func<Task<ActionOutcome>> run, Func<ProblemException, Task<IResult>> refuse)
    {
        try
        {
            return SeeOther.To(shown + await run() switch
            {
                ActionOutcome.Slow => "&slow=1",
                ActionOutcome.Kept => "&kept=1",
                ActionOutcome.Known => "&known=1",
                _ => "",
            });
        }
        catch (ProblemException problem) when (FormErrors.IsForTheForm(problem))
        {
            return await refuse(problem);
        }
    }

    private static ActionReply RefusalOf(string action, FormBody form, ProblemException problem) => new(
        new SubmittedValues(action, field => form[field]),
        new Notice(NoticeKind.Refused, FormErrors.Of(problem)),
        problem.Type.Status);

    /// <summary>What the page says when it is opened, or when an action has sent the browser on to it.</summary>
    private ActionReply ReplyOf(HttpContext context)
    {
        var query = context.Request.Query;
        var notice = !_done.TryGetValue(query["done"].ToString(), out var text) ? null
            : query.ContainsKey("kept")
                ? new Notice(NoticeKind.Waiting, "The payment is taken in, but not placed: see Receivables.")
            : query.ContainsKey("known")
                ? new Notice(NoticeKind.Waiting, "That bank entry was taken in before: it counts once.")
            : query.ContainsKey("slow") ? new Notice(NoticeKind.Waiting, text + " Its effect will show in a moment.")
            : new Notice(NoticeKind.Done, text);
        return new ActionReply(SubmittedValues.Nothing, notice);
    }
}
