using Microsoft.AspNetCore.Http;
using Workflows.Approvals;
using Workflows.Web.Layout;
using Workflows.Web.Rendering;

namespace Workflows.Web.Approvals;

/// <summary>
/// The pages of an approval link, each with its status. None of them says more than its state allows.
/// </summary>
internal static class LinkPages
{
    /// <summary>What the link shows.</summary>
    /// <param name="validationError">Why the form was not taken; null when none was sent.</param>
    /// <param name="comment">What was written in it.</param>
    public static IResult Of(
        HttpContext context, ApprovalView view, string? validationError = null, string? comment = null) => view switch
        {
            { Open: { } open } => HtmlPage.Of<DecisionPage>(
                new()
                {
                    [nameof(DecisionPage.PageContext)] = PageContexts.Of(context, Area.None),
                    [nameof(DecisionPage.Action)] = context.Request.Path.ToUriComponent(),
                    [nameof(DecisionPage.Request)] = open,
                    [nameof(DecisionPage.ValidationError)] = validationError,
                    [nameof(DecisionPage.Comment)] = comment,
                },
                validationError is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity),
            { Outcome: { } outcome } => Decided(outcome, isOther: false),
            _ => Gone(view.State),
        };

    /// <summary>The recorded decision, to the one who made it.</summary>
    /// <param name="isOther">Whether the opposite was sent now.</param>
    public static IResult Decided(RecordedDecision decision, bool isOther) => HtmlPage.Of<DecidedPage>(
        new() { [nameof(DecidedPage.Decision)] = decision, [nameof(DecidedPage.IsOther)] = isOther },
        isOther ? StatusCodes.Status409Conflict : StatusCodes.Status200OK);

    /// <summary>That there is nothing to decide here, and nothing else.</summary>
    public static IResult Gone(ApprovalLinkState state) => HtmlPage.Of<LinkGonePage>(
        new() { [nameof(LinkGonePage.State)] = state },
        state switch
        {
            ApprovalLinkState.Expired => StatusCodes.Status410Gone,
            ApprovalLinkState.Superseded => StatusCodes.Status409Conflict,
            ApprovalLinkState.RightLost => StatusCodes.Status403Forbidden,
            _ => StatusCodes.Status404NotFound,
        });
}
