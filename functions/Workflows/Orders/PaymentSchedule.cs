using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Orders;

/// <summary>How payment terms divide a total. Pure.</summary>
public static class PaymentSchedule
{
    /// <summary>
    /// The instalments of a total. Each is rounded to the currency's minor unit and the last one takes the rest, so
    /// that they sum to the total; parts that come to nothing are left out.
    /// </summary>
    /// <param name="total">Whole minor units, not negative.</param>
    /// <param name="terms">Their percentages sum to 100.</param>
    public static IReadOnlyList<Instalment> Of(Money total, PaymentTermsPolicy terms)
    {
        var instalments = new List<Instalment>();
        var left = total;
        for (var i = 0; i < terms.Instalments.Count; i++)
        {
            var part = terms.Instalments[i];
            var share = total.Percent(part.Percent);
            var amount = i == terms.Instalments.Count - 1 || share > left ? left : share;
            left -= amount;
            if (amount.Amount > 0)
            {
                instalments.Add(new Instalment(
                    instalments.Count + 1, part.Name, amount, part.Basis, part.OffsetDays, part.Gates));
            }
        }

        return instalments;
    }
}
