using Workflows.Platform;
using Workflows.Records;
using Workflows.Trade;

namespace Workflows.Orders;

/// <summary>Where orders are kept, in table <c>Orders</c>: a partition a deal.</summary>
public static class OrderRepository
{
    [Guarded]
    private const string Table = "Orders";
    private const string Row = "order";

    /// <summary>The deal's confirmed order, or null.</summary>
    public static async Task<Order?> FindAsync(ITableStore tables, DealId deal, CancellationToken cancellation) =>
        (await tables.GetAsync(Table, deal.Value, Row, cancellation))?.Read<Order>();

    /// <summary>Keeps an order; when the deal has one already, that one stays.</summary>
    /// <returns>The one that is kept.</returns>
    internal static async Task<Order> KeepAsync(
        ITableStore tables, DealId deal, Order order, CancellationToken cancellation)
    {
        var row = new TableRow(deal.Value, Row) { ["Number"] = order.Number }.With(order);
        return await tables.TryInsertAsync(Table, row, cancellation)
            ? order
            : (await FindAsync(tables, deal, cancellation))!;
    }
}
