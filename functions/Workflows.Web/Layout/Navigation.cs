namespace Workflows.Web.Layout;

/// <summary>One entry of the navigation. Minor ones move into the menu on a phone.</summary>
/// <param name="OpenTo">Who may open it.</param>
internal sealed record NavigationEntry(
    Area Area, string Name, string Path, string Icon, bool IsMinor, string OpenTo);

internal static class Navigation
{
    public static IReadOnlyList<NavigationEntry> Entries { get; } =
    [
        new(Area.Board, "Deals", "/", "board", IsMinor: false, Permissions.SeeDeals),
        new(Area.Approvals, "Approvals", "/approvals", "stamp", IsMinor: false, Permissions.SeeApprovals),
        new(Area.Receivables, "Receivables", "/receivables", "coins", IsMinor: false, Permissions.SeeInvoices),
        new(Area.Reviews, "Reviews", "/reviews", "chart", IsMinor: false, Permissions.Review),
        new(Area.Mails, "Mail", "/mails", "mail", IsMinor: false, Permissions.SeeMails),
        new(Area.Webhooks, "Webhooks", "/webhooks", "inbox", IsMinor: true, Permissions.Operate),
        new(Area.Operations, "Operations", "/operations", "pulse", IsMinor: true, Permissions.Operate),
    ];
}
