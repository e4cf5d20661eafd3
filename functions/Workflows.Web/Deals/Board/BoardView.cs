using Workflows.Inquiries;
using Workflows.Lifecycle;
using Workflows.Trade;
using Workflows.Web.Layout;

namespace Workflows.Web.Deals.Board;

/// <summary>What the board was asked to show.</summary>
/// <param name="Ended">The ended deals instead of the open ones.</param>
/// <param name="Owner">Only theirs; <c>-</c> is nobody's; empty is all owners'.</param>
/// <param name="Search">Only deals in whose buyer, product, country or number it occurs; empty is all.</param>
/// <param name="Live">Whether the page asks for itself again every few seconds.</param>
public sealed record BoardQuery(bool Ended, string Owner, string Search, bool Live)
{
    /// <summary>Owner of deals that nobody owns.</summary>
    public const string Nobody = "-";

    /// <summary>Whether something is left out.</summary>
    public bool IsFiltered => Owner != "" || Search != "";

    /// <summary>The address that asks this.</summary>
    public string Address => (Ended ? "/ended" : "/") + Parameters switch
    {
        "" => "",
        var parameters => "?" + parameters,
    };

    private string Parameters => string.Join('&', new[]
    {
        Owner == "" ? "" : "owner=" + Uri.EscapeDataString(Owner),
        Search == "" ? "" : "q=" + Uri.EscapeDataString(Search),
        Live ? "live=1" : "",
    }.Where(parameter => parameter != ""));

    /// <summary>Whether a deal is to be shown.</summary>
    public bool Takes(DealSummary deal) =>
        (Owner == "" || (Owner == Nobody ? deal.Owner is null : deal.Owner?.Value == Owner))
        && (Search == "" || new[] { deal.Id.Value, deal.Buyer, deal.Company, deal.Product, deal.Country, deal.Platform }
            .Any(text => SearchText.HasPart(text, Search)));
}

/// <summary>The board.</summary>
/// <param name="IsEmpty">Whether there is no deal at all, whatever the filter.</param>
/// <param name="PendingApprovals">How many decisions are waited for; at most a page of them is counted.</param>
public sealed record BoardView(
    BoardQuery Query,
    IReadOnlyList<BoardColumn> Columns,
    IReadOnlyList<(string Id, string Name)> Owners,
    bool IsEmpty,
    int PendingApprovals)
{
    /// <summary>Every deal that is shown.</summary>
    public IEnumerable<DealSummary> Deals => Columns.SelectMany(column => column.Deals);

    /// <summary>Deals whose time is up.</summary>
    public int Late(DateTimeOffset now) => Deals.Count(deal => deal.Waiting?.Until < now);

    /// <summary>Values of the deals in those stages, each currency for itself.</summary>
    public IReadOnlyList<Money> Value(params Stage[] stages) => Totals.Of(
        Deals.Where(deal => stages.Contains(deal.Stage)).Select(deal => deal.Value).OfType<Money>());
}

/// <summary>One stage of the board.</summary>
/// <param name="HasMore">There are older deals than those read.</param>
public sealed record BoardColumn(Stage Stage, IReadOnlyList<DealSummary> Deals, bool HasMore)
{
    /// <summary>How many, as far as they were read.</summary>
    public string Count => HasMore ? $"{Deals.Count}+" : $"{Deals.Count}";
}
