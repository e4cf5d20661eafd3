using Workflows.Trade;

namespace Workflows.Receivables;

/// <summary>Which invoices to list: those of one status, one customer or one owner.</summary>
public sealed record InvoiceFilter
{
    private InvoiceFilter(string partition, InvoiceStatus? status)
    {
        Partition = partition;
        Status = status;
    }

    internal string Partition { get; }

    /// <summary>The status it asks for; null when it asks for a customer or an owner.</summary>
    internal InvoiceStatus? Status { get; }

    /// <summary>Those that stand so; settled ones in order of their day.</summary>
    public static InvoiceFilter Of(InvoiceStatus status) => new("status|" + status, status);

    /// <summary>A customer's, settled ones included.</summary>
    public static InvoiceFilter Of(CustomerId customer) => new("customer|" + customer, status: null);

    /// <summary>A salesperson's, settled ones included.</summary>
    public static InvoiceFilter Of(StaffId owner) => new("owner|" + owner, status: null);
}
