using Workflows.Policies;
using Workflows.Web.Hosting.Keys;
using Workflows.Web.Hosting.Rows;

namespace Workflows.Web.Layout;

/// <summary>Who looks at a page of the console, from where, and when: what every part of a page may need.</summary>
/// <param name="Name">Of the person who signed in.</param>
/// <param name="Role">Their role; null when nobody signed in.</param>
/// <param name="Policy">The policy in force: names, zone, currency.</param>
/// <param name="Now">UTC.</param>
/// <param name="Area">Which entry of the navigation the page belongs to.</param>
/// <param name="FormToken">Proves that a form is our own; asked for only by pages that have one.</param>
public sealed record PageContext(
    string Name, Role? Role, Policy Policy, DateTimeOffset Now, Area Area, Func<string> FormToken)
{
    /// <summary>The company's zone: every time on a page is shown in it.</summary>
    public TimeZoneInfo Zone { get; } = Policy.Company.Zone();

    /// <summary>Who signed in; null is nobody.</summary>
    internal Actor? Actor { get; init; }

    /// <summary>Which rows they see and may change; null when nobody signed in.</summary>
    internal RowRights? Rights =>
        Actor is { } actor ? new RowRights(actor, Policy, Policy.Company.DayOf(Now)) : null;

    /// <summary>Whether they may use what is marked so.</summary>
    internal bool May(string access) => Role is { } role && Access.Allows(access, role);

    /// <summary>Something to say about what was just done; null is nothing.</summary>
    public Notice? Notice { get; init; }
}

/// <summary>A line at the top of a page.</summary>
public sealed record Notice(NoticeKind Kind, string Text);

/// <summary>How a notice is meant.</summary>
public enum NoticeKind
{
    /// <summary>It is done.</summary>
    Done,

    /// <summary>It is taken, and its effect will show.</summary>
    Waiting,

    /// <summary>It was not possible, and nothing changed.</summary>
    Refused,
}

/// <summary>The console's areas, in the order of the navigation.</summary>
public enum Area
{
    /// <summary>None of them: error pages.</summary>
    None,

    /// <summary>Deals by stage, and one deal.</summary>
    Board,

    /// <summary>What is asked, and what was decided.</summary>
    Approvals,

    /// <summary>Money to come.</summary>
    Receivables,

    /// <summary>The months.</summary>
    Reviews,

    /// <summary>What went out.</summary>
    Mails,

    /// <summary>What came in.</summary>
    Webhooks,

    /// <summary>The home itself.</summary>
    Operations,
}
