namespace Workflows.Web.Console.Shell;

/// <summary>One entry of the navigation. Minor ones move into the menu on a phone.</summary>
internal sealed record NavigationEntry(Area Area, string Name, string Path, string Icon, bool IsMinor);

internal static class Navigation
{
    public static IReadOnlyList<NavigationEntry> Entries { get; } =
    [
        new(Area.Board, "Deals", "/", "board", IsMinor: false),
        new(Area.Approvals, "Approvals", "/approvals", "stamp", IsMinor: false),
        new(Area.Receivables, "Receivables", "/receivables", "coins", IsMinor: false),
        new(Area.Reviews, "Reviews", "/reviews", "chart", IsMinor: false),
        new(Area.Mails, "Mail", "/mails", "mail", IsMinor: false),
        new(Area.Webhooks, "Webhooks", "/webhooks", "inbox", IsMinor: true),
        new(Area.Operations, "Operations", "/operations", "pulse", IsMinor: true),
    ];
}
