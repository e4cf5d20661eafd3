using Workflows.Calendars;
using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Embedded.Demo;

/// <summary>Something that a person of the demo will do.</summary>
/// <param name="At">When, in virtual time.</param>
/// <param name="Person">Whose key is used.</param>
/// <param name="Path">Where it is posted.</param>
/// <param name="Key">The same for every try.</param>
internal sealed record Deed(DateTimeOffset At, string Person, string Path, object Body, string Key);

/// <summary>
/// What happens next to a deal: a pure function of what the server shows of it and of the characters of its people,
/// which the random know. Nothing is remembered, so a demo that is started again goes on where it was.
/// </summary>
internal sealed class SimulatedPeople(int seed, Policy policy, Inquiries market)
{
    private readonly TimeZoneInfo _zone = policy.Company.Zone();
    private readonly string _manager = PersonOf(policy, StaffRole.Manager);
    private readonly string _finance = PersonOf(policy, StaffRole.Finance);
    private readonly string _operations = PersonOf(policy, StaffRole.Operations);
    private readonly IReadOnlyList<string> _terms = TermsOf(policy);
    private readonly IReadOnlyList<string> _sales =
        [.. policy.Staff.Where(member => member.Role == StaffRole.Sales).Select(member => member.Id.Value)];

    /// <summary>The next deeds, each with its time; empty when the deal waits for the server or has ended.</summary>
    public IEnumerable<Deed> Next(ApiDeal deal) => deal.HasEnded ? [] : deal.Stage switch
    {
        "Received" or "Qualified" => Adopt(deal),
        "Assigned" or "Quoted" or "Negotiating" => Negotiate(deal),
        _ => [.. Fulfil(deal), .. Pay(deal)],
    };

    private IEnumerable<Deed> Adopt(ApiDeal deal)
    {
        if (deal.Owner is null && deal.Timeline is [.., { } last])
        {
            yield return Do(
                deal, last.When.AddHours(3), _manager, "handover", "",
                new { to = Roll(deal, "adopt").Pick(_sales), reason = "Nobody was free" });
        }
    }

    private IEnumerable<Deed> Negotiate(ApiDeal deal)
    {
        if (deal.Owner is not { } owner)
        {
            return Adopt(deal);
        }

        if (deal.FirstHumanReplyAt is not { } answered)
        {
            return [Answer(deal, owner)];
        }

        var version = deal.Quotation?.Version ?? 0;
        var random = Roll(deal, $"offer {version}");
        var changed = deal.Timeline[^1].When;
        return deal.QuotationStatus switch
        {
            null => [Quote(deal, owner, answered.AddHours(random.Between(1, 26)), FirstDiscount(deal))],
            "Refused" =>
                [
                    Quote(
                        deal, owner, changed.AddHours(random.Between(2, 20)),
                        Math.Min(5, deal.Quotation!.Draft.DiscountPercent - 3)),
                ],
            "Sent" => BuyerAnswers(deal, owner),
            "Declined" or "Expired" => Again(deal, owner, changed, random),
            _ => [],
        };
    }

    private Deed Answer(ApiDeal deal, string owner)
    {
        // Most answer within the hour that a hot inquiry is given; what another got instead is begun again.
        var random = Roll(deal, $"reply of {owner}");
        var assigned = deal.Since(line => line.Stage == "Assigned") ?? deal.Timeline[^1].When;
        var minutes = random.Chance(85) ? random.Between(5, 50) : random.Between(70, 600);
        return Do(
            deal, assigned.AddMinutes(minutes), owner, "reply", "",
            new { channel = random.Pick(["mail", "phone", "chat"]) });
    }

    private IEnumerable<Deed> BuyerAnswers(ApiDeal deal, string owner)
    {
        var quotation = deal.Quotation!;
        var random = Roll(deal, $"answer {quotation.Version}");
        var at = quotation.OfferedAt.AddHours(random.Between(20, 150));
        var mood = random.Roll(100) + (quotation.Version * 6);
        if (mood is > 40 and <= 60 && quotation.Version < 4)
        {
            var wish = Written.Of(quotation.Total.Amount * random.Between(92, 97) / 100m, quotation.Total.Currency);
            yield return Do(
                deal, at, owner, "answer", quotation.Number,
                new
                {
                    answer = "Counter",
                    quotation = quotation.Number,
                    counterPrice = wish,
                    comment = "Can you come closer to our budget?",
                });
        }
        else if (mood is > 60 and <= 72)
        {
            var why = random.Pick(
                ["Too expensive", "Bought elsewhere", "The project was put off", "Lead time too long"]);
            yield return Do(
                deal, at, owner, "answer", quotation.Number,
                new { answer = "Rejected", quotation = quotation.Number, comment = why });
        }
        else if (mood is <= 40 or > 84)
        {
            yield return Do(
                deal, at, owner, "answer", quotation.Number,
                new
                {
                    answer = "Accepted",
                    quotation = quotation.Number,
                    purchaseOrder = $"PO-{random.Between(10000, 99999)}",
                });
        }
    }

    private IEnumerable<Deed> Again(ApiDeal deal, string owner, DateTimeOffset changed, SeededRandom random)
    {
        var discount = deal.Quotation!.Draft.DiscountPercent + random.Between(1, 4);
        yield return random.Chance(80) && deal.Quotation.Version < 4
            ? Quote(deal, owner, changed.AddHours(random.Between(3, 40)), Math.Min(discount, 15))
            : Do(
                deal, changed.AddHours(50), owner, "giveup", deal.Quotation.Number,
                new { reason = "No agreement on the price" });
    }

    private int FirstDiscount(ApiDeal deal)
    {
        var random = Roll(deal, "discount");
        return random.Roll(100) switch
        {
            < 50 => random.Between(0, 5),
            < 80 => random.Between(6, 10),
            < 95 => random.Between(11, 15),
            _ => random.Between(16, 18),
        };
    }

    private Deed Quote(ApiDeal deal, string owner, DateTimeOffset at, decimal discount)
    {
        var random = Roll(deal, "terms");
        var wanted = deal.Inquiry.Products is [var first, ..] ? first : null;
        var (list, cost) = market.PriceOf(wanted?.Sku);
        var body = new
        {
            lines = new[]
            {
                new
                {
                    sku = wanted?.Sku ?? "SAMPLE",
                    description = wanted?.Name ?? "Sample",
                    quantity = wanted?.Quantity ?? 1,
                    unit = "pcs",
                    listPrice = Written.Of(list),
                    unitCost = Written.Of(cost),
                },
            },
            delivery = new
            {
                incoterm = deal.Inquiry.Delivery?.Term ?? "FOB",
                place = deal.Inquiry.Delivery?.Place ?? "Ningbo",
            },
            paymentTerms = random.Pick(_terms),
            discountPercent = Math.Max(0, discount),
        };
        return Do(deal, at, owner, "quotations", $"v{(deal.Quotation?.Version ?? 0) + 1}", body);
    }

    private IEnumerable<Deed> Fulfil(ApiDeal deal)
    {
        var random = Roll(deal, "making");
        var (making, shipping, papers, voyage) = (
            random.Between(5, 12), random.Between(1, 4), random.Between(1, 3), random.Between(18, 34));
        if (deal.Stage == "Fulfilling" && !deal.Has("Produced") && !deal.IsHeld("Produced"))
        {
            yield return Reach("Produced", deal.Since(line => line.Stage == "Fulfilling")!.Value.AddDays(making));
        }
        else if (deal.Has("Produced") && !deal.Has("Shipped") && !deal.IsHeld("Shipped"))
        {
            yield return Reach("Shipped", After("Produced", shipping));
        }
        else if (deal.Has("Shipped") && !deal.Has("DocumentsSent") && !deal.IsHeld("DocumentsSent"))
        {
            yield return Reach("DocumentsSent", After("Shipped", papers));
        }
        else if (deal.Has("Shipped") && !deal.Has("Delivered"))
        {
            yield return Reach("Delivered", After("Shipped", voyage));
        }

        Deed Reach(string milestone, DateTimeOffset at) =>
            Do(
                deal, at, _operations, "milestones", milestone,
                new { milestone, reference = Reference(milestone, random) });

        DateTimeOffset After(string milestone, int days) =>
            new(
                deal.Milestones.Last(reached => reached.Kind == milestone).Date.AddDays(days), new TimeOnly(2, 0),
                TimeSpan.Zero);
    }

    private IEnumerable<Deed> Pay(ApiDeal deal)
    {
        foreach (var invoice in deal.Invoices.Where(invoice => invoice.IsOwed))
        {
            var habit = Roll(deal, "habit").Roll(100);
            var random = Roll(deal, "pay " + invoice.Number);
            var due = new DateTimeOffset(invoice.Due!.Value.ToDateTime(new TimeOnly(6, 0)), TimeSpan.Zero);
            var times = invoice.Movements.Count(movement => movement.Kind == "Payment");
            var isLast = invoice.Gates != "Production";
            yield return habit switch
            {
                >= 95 when isLast => GiveUp(invoice),
                >= 91 when !isLast =>
                    Do(
                        deal, due.AddDays(18), deal.Owner!, "giveup", "deposit",
                        new { reason = "The deposit never came" }),
                >= 80 when times == 0 => Transfer(invoice, due.AddDays(-1), Share(invoice, 60)),
                >= 80 => Transfer(invoice, due.AddDays(random.Between(9, 20)), invoice.Open),
                >= 72 => Transfer(invoice, due, invoice.Open - Fee(invoice)),
                >= 50 => Transfer(invoice, due.AddDays(random.Between(2, 24)), invoice.Open),
                _ => Transfer(invoice, due.AddDays(-random.Between(0, 5)), invoice.Open),
            };

            Deed Transfer(ApiInvoice owed, DateTimeOffset at, Money amount)
            {
                var reference = $"BK-{owed.Number}-{times + 1}";
                return new Deed(
                    at,
                    _finance,
                    "/api/payments",
                    new { reference, invoice = owed.Number, amount = Written.Of(amount), remitter = deal.Buyer },
                    reference);
            }

            Deed GiveUp(ApiInvoice owed) => new(
                due.AddDays(66),
                deal.Owner!,
                $"/api/invoices/{owed.Id}/writeoff",
                new { reason = "The buyer does not answer any more" },
                $"writeoff-{owed.Number}");
        }
    }

    private static Money Share(ApiInvoice invoice, int percent) => invoice.Amount.Percent(percent);

    // What banks on the way keep.
    private static Money Fee(ApiInvoice invoice) => invoice.Open.Percent(0.3m);

    private static string? Reference(string milestone, SeededRandom random) => milestone switch
    {
        "Shipped" => $"BL NGB{random.Between(100000, 999999)}",
        "DocumentsSent" => $"Courier {random.Between(10000000, 99999999)}",
        _ => null,
    };

    private Deed Do(ApiDeal deal, DateTimeOffset at, string person, string what, string which, object body) => new(
        InOffice(at, Roll(deal, $"{what} {which} hour")),
        person,
        $"/api/deals/{deal.Id}/{what}",
        body,
        $"{deal.Id}-{what}-{which}".TrimEnd('-'));

    // What falls into the night is done on the next working day, not all at its first minute.
    private DateTimeOffset InOffice(DateTimeOffset at, SeededRandom random)
    {
        var open = BusinessCalendar.AddBusinessHours(at, 0, policy.Company.BusinessHours, _zone);
        return open == at ? at : open.AddMinutes(random.Between(5, 300));
    }

    private SeededRandom Roll(ApiDeal deal, string question) =>
        SeededRandom.For(seed, $"{deal.Inquiry.PlatformInquiryId} {question}");

    // Deposits are usual and open account is rare, whatever else the policy has.
    private static List<string> TermsOf(Policy policy)
    {
        var known = policy.PaymentTerms.Select(terms => terms.Code).ToList();
        string[] usual =
            ["TT30-70BL", "TT30-70BL", "TT30-70BL", "TT30-70BS", "TT50-50", "TT100", "TT100", "OA30", "LC-SIGHT"];
        return usual.Where(known.Contains).ToList() is { Count: > 0 } some ? some : known;
    }

    private static string PersonOf(Policy policy, StaffRole role) =>
        (policy.Staff.FirstOrDefault(member => member.Role == role) ?? policy.Staff[0]).Id.Value;
}
