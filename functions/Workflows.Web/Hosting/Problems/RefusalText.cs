using System.Diagnostics;
using Workflows.Lifecycle;
using Workflows.Receivables;
using Workflows.Signals;
using Workflows.Web.Deals;
using Workflows.Web.Receivables;

namespace Workflows.Web.Hosting.Problems;

/// <summary>Why a signal was refused, in words.</summary>
internal static class RefusalText
{
    public static string Of(Refusal refusal) => refusal switch
    {
        DealRefusal ofDeal => DealText.Refusal(ofDeal),
        InvoiceRefusal ofInvoice => InvoiceRefusalText.Of(ofInvoice),
        _ => throw new UnreachableException($"{refusal.GetType().Name} has no words."),
    };
}
