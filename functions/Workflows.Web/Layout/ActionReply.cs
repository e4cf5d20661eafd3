using Microsoft.AspNetCore.Http;
using Workflows.Web.Hosting.Problems;
using Workflows.Web.Hosting.Requests;

namespace Workflows.Web.Layout;

/// <summary>How far an action has come when its form is answered.</summary>
internal enum ActionOutcome
{
    /// <summary>The page shows its effect.</summary>
    Done,

    /// <summary>It is durable, and the page will show its effect.</summary>
    Slow,

    /// <summary>A payment that waits for a person.</summary>
    Kept,
}

/// <summary>What a page says of the form that was sent to it.</summary>
/// <param name="Status">The HTTP status it goes out with.</param>
internal sealed record ActionReply(
    SubmittedValues Submitted, Notice? Notice, int Status = StatusCodes.Status200OK);

/// <summary>Carries an action out that a form of the console asks for.</summary>
internal static class FormAction
{
    /// <summary>
    /// Sends the browser on to the page when it is done; else shows the page with what was put in and why not.
    /// </summary>
    public static async Task<IResult> RunAsync(
        string page, string action, FormBody form, Func<Task<ActionOutcome>> run, Func<ActionReply, Task<IResult>> show)
    {
        try
        {
            var how = await run() switch
            {
                ActionOutcome.Slow => "&slow=1",
                ActionOutcome.Kept => "&kept=1",
                _ => "",
            };
            return SeeOther.To($"{page}?done={action}{how}");
        }
        catch (ProblemException problem) when (FormErrors.IsForTheForm(problem))
        {
            return await show(new ActionReply(
                new SubmittedValues(action, field => form[field]),
                new Notice(NoticeKind.Refused, FormErrors.Of(problem)),
                problem.Type.Status));
        }
    }

    /// <summary>What a page says when it is opened, or when an action has sent the browser on to it.</summary>
    /// <param name="done">By action.</param>
    public static ActionReply ReplyOf(HttpContext context, IReadOnlyDictionary<string, string> done)
    {
        var query = context.Request.Query;
        var notice = !done.TryGetValue(query["done"].ToString(), out var text) ? null
            : query.ContainsKey("kept")
                ? new Notice(NoticeKind.Waiting, "The payment is taken in, but not placed: see Receivables.")
            : query.ContainsKey("slow") ? new Notice(NoticeKind.Waiting, text + " Its effect will show in a moment.")
            : new Notice(NoticeKind.Done, text);
        return new ActionReply(SubmittedValues.Nothing, notice);
    }
}
