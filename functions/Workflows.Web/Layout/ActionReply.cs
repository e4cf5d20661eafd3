using Microsoft.AspNetCore.Http;

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

    /// <summary>A payment that was taken in before.</summary>
    Known,
}

/// <summary>What a page says of the form that was sent to it.</summary>
/// <param name="Status">The HTTP status it goes out with.</param>
internal sealed record ActionReply(
    SubmittedValues Submitted, Notice? Notice, int Status = StatusCodes.Status200OK);
