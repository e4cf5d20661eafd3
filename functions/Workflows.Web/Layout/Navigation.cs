using Workflows.Web.Hosting.Keys;

namespace Workflows.Web.Layout;

/// <summary>One entry of the navigation. Minor ones move into the menu on a phone.</summary>
/// <param name="OpenTo">Who may open it.</param>
internal sealed record NavigationEntry(
    Area Area, string Name, string Path, string Icon, bool IsMinor, string OpenTo);

internal static class Navigation
{
    public static IReadOnlyList<NavigationEntry> Entries { get; } =
    [
        new(Area.Board, "Deals", "/", "board", IsMinor: false, Access.Staff),
        new(Area.Approvals, "Approvals", "/approvals", "stamp", IsMinor: false, Access.Staff),
        new(Area.Receivables, "Receivables", "/receivables", "coins", IsMinor: false, Access.Staff),
        new(Area.Reviews, "Reviews", "/reviews", "chart", IsMinor: false, Access.Managers),
        new(Area.Mails, "Mail", "/mails", "mail", IsMinor: false, Access.Staff),
        new(Area.Webhooks, "Webhooks", "/webhooks", "inbox", IsMinor: true, Access.Admin),
        new(Area.Operations, "Operations", "/operations", "pulse", IsMinor: true, Access.Admin),
    ];
}
