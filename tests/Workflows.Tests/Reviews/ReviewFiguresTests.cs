using Workflows.Facts;
using Workflows.Reviews;
using Workflows.Trade;
using static Workflows.Tests.Reviews.Given;

namespace Workflows.Tests.Reviews;

public class ReviewFiguresTests
{
    [Fact]
    public void A_month_without_inquiries_has_no_conversion_and_no_division_by_zero()
    {
        var figures = Figures([]);

        Assert.Equal(0, figures.Valid);
        Assert.Null(figures.PeriodConversionPercent);
        Assert.Null(figures.CohortConversionPercent);
        Assert.Null(figures.QuoteRatePercent);
        Assert.Null(figures.ResponseRatePercent);
        Assert.Null(figures.AverageOrderValue);
        Assert.Null(figures.DiscountPercent);
        Assert.Null(figures.MedianResponseHours);
        Assert.All(
            KpiCatalog.Of(figures, Currency.Parse("USD")).Where(kpi => kpi.Value is null),
            kpi => Assert.Equal("n/a", kpi.Text));
    }

    [Fact]
    public void An_inquiry_of_the_last_evening_in_UTC_is_the_next_months_in_the_companys_zone()
    {
        IReadOnlyList<Fact> facts = [Received("D-1", "2025-09-30T16:30Z"), Received("D-2", "2025-10-31T16:00Z")];

        Assert.Equal(1, Figures(facts).Received);
        Assert.Equal(0, Figures([facts[1]]).Received);
    }

    [Fact]
    public void Spam_and_duplicates_leave_the_numbers()
    {
        var figures = Figures(
        [
            Received("D-1", "2025-10-02T03:00Z"),
            Received("D-2", "2025-10-03T03:00Z"),
            Fact("D-2", FactKind.InquiryDiscarded, "2025-10-03T03:00Z"),
        ]);

        Assert.Equal((2, 1, 1), (figures.Received, figures.Discarded, figures.Valid));
        Assert.Equal(1, figures.ResponsesDue);
    }

    [Fact]
    public void An_answer_after_25_hours_is_late_and_one_after_24_is_not()
    {
        var figures = Figures(
        [
            Received("D-1", "2025-10-02T03:00Z"),
            Fact("D-1", FactKind.FirstResponse, "2025-10-03T04:00Z", Mei),
            Received("D-2", "2025-10-02T03:00Z"),
            Fact("D-2", FactKind.FirstResponse, "2025-10-03T03:00Z", Mei),
            Received("D-3", "2025-10-02T03:00Z"),
        ]);

        Assert.Equal(33.33m, figures.ResponseRatePercent);
        Assert.Equal(24.5m, figures.MedianResponseHours);
    }

    [Fact]
    public void The_response_rate_counts_a_customers_first_message_of_each_day_in_the_companys_zone()
    {
        var acme = new CustomerId("C-1");
        IReadOnlyList<Fact> facts =
        [
            // Two inquiries and a message on one day: one message to answer, and it was, on the other deal.
            Received("D-1", "2025-10-02T03:00Z") with { Customer = acme },
            Received("D-2", "2025-10-02T04:00Z") with { Customer = acme },
            Fact("D-2", FactKind.BuyerWrote, "2025-10-02T05:00Z", Mei) with { Customer = acme },
            Fact("D-2", FactKind.FirstResponse, "2025-10-03T02:00Z", Mei) with { Customer = acme },
            // The next day in the company's zone: answered late.
            Fact("D-2", FactKind.BuyerWrote, "2025-10-03T17:00Z", Mei) with { Customer = acme },
            Fact("D-2", FactKind.Answered, "2025-10-04T18:00Z", Mei) with { Customer = acme },
            // Spam that a person discarded, and a duplicate, are no messages.
            Received("D-3", "2025-10-05T03:00Z") with { Customer = new CustomerId("C-2") },
            Fact("D-3", FactKind.InquiryDiscarded, "2025-10-06T03:00Z"),
        ];

        var figures = Figures(facts);

        Assert.Equal((1, 2), (figures.AnsweredInTime, figures.ResponsesDue));
        Assert.Equal(50m, figures.ResponseRatePercent);
    }

    [Fact]
    public void What_was_reinstated_is_back_in_the_numbers()
    {
        var figures = Figures(
        [
            Received("D-1", "2025-10-02T03:00Z"),
            Fact("D-1", FactKind.InquiryDiscarded, "2025-10-02T03:00Z"),
            Fact("D-1", FactKind.InquiryReinstated, "2025-10-04T03:00Z"),
        ]);

        Assert.Equal((1, 0, 1), (figures.Received, figures.Discarded, figures.Valid));
    }

    [Fact]
    public void An_inquiry_that_still_has_time_is_not_held_against_the_response_rate()
    {
        IReadOnlyList<Fact> facts = [Received("D-1", "2025-10-31T03:00Z")];

        Assert.Null(Figures(facts, At("2025-10-31T20:00Z")).ResponseRatePercent);
        Assert.Equal(0m, Figures(facts, At("2025-11-01T03:01Z")).ResponseRatePercent);
    }

    [Fact]
    public void Period_and_cohort_conversion_differ_and_are_both_honest()
    {
        // Four inquiries. One becomes an order in the month, one in December; a third order is of a September inquiry.
        IReadOnlyList<Fact> facts =
        [
            Received("D-1", "2025-10-02T03:00Z"),
            Received("D-2", "2025-10-03T03:00Z"),
            Received("D-3", "2025-10-04T03:00Z"),
            Received("D-4", "2025-10-05T03:00Z"),
            Won("D-1", "2025-10-20T03:00Z", 1000),
            Won("D-0", "2025-10-21T03:00Z", 3000),
            Won("D-2", "2025-12-20T03:00Z", 500),
        ];

        var figures = Figures(facts);

        Assert.Equal(50m, figures.PeriodConversionPercent);
        Assert.Equal(50m, figures.CohortConversionPercent);
        Assert.Equal(25m, Figures(facts, At("2025-11-03T01:00Z")).CohortConversionPercent);
        Assert.Equal(50m, Figures(facts, At("2025-11-03T01:00Z")).PeriodConversionPercent);
        Assert.Equal((2, Money.Of(4000, "USD")), (figures.OrdersWon, figures.WonValue));
        Assert.Equal(Money.Of(2000, "USD"), figures.AverageOrderValue);
    }

    [Fact]
    public void Orders_after_ninety_days_no_longer_change_the_month()
    {
        IReadOnlyList<Fact> facts = [Received("D-1", "2025-10-02T03:00Z"), Won("D-1", "2026-01-29T16:00Z", 1000)];

        Assert.Equal(0, Figures(facts).CohortOrders);
        Assert.Equal(1, Figures([facts[0], facts[1] with { At = At("2026-01-29T15:59Z") }]).CohortOrders);
    }

    [Fact]
    public void A_cancelled_order_was_never_won_and_gave_no_discount()
    {
        IReadOnlyList<Fact> facts =
        [
            Received("D-1", "2025-10-02T03:00Z"),
            Won("D-1", "2025-10-20T03:00Z", 950),
            Fact("D-1", FactKind.DiscountGiven, "2025-10-20T03:00Z", Mei) with { Amount = Money.Of(50, "USD") },
            Won("D-2", "2025-10-20T03:00Z", 700),
            Fact("D-1", FactKind.OrderCancelled, "2025-11-20T03:00Z", Mei) with { Amount = Money.Of(950, "USD") },
        ];

        var figures = Figures(facts);

        Assert.Equal((1, Money.Of(700, "USD"), 0), (figures.OrdersWon, figures.WonValue, figures.CohortOrders));
        Assert.Equal(Money.Of(0, "USD"), figures.Discounts);
        Assert.Equal(0, figures.OrdersCancelled);
        Assert.Equal(2, Figures(facts, At("2025-11-03T01:00Z")).OrdersWon);
    }

    [Fact]
    public void Discounts_are_measured_against_the_budget_of_the_list_value()
    {
        var figures = Figures(
        [
            Won("D-1", "2025-10-20T03:00Z", 9200),
            Fact("D-1", FactKind.DiscountGiven, "2025-10-20T03:00Z", Mei) with
            {
                Amount = Money.Of(800, "USD"),
                Percent = 8,
            },
        ]);

        Assert.Equal(Money.Of(10_000, "USD"), figures.ListValue);
        Assert.Equal(8m, figures.DiscountPercent);
        Assert.Equal(Money.Of(500, "USD"), figures.DiscountBudget);
        Assert.Equal(Money.Of(300, "USD"), figures.OverDiscountBudget);
    }

    [Fact]
    public void Money_is_summed_in_the_base_currency_at_the_rate_of_its_day()
    {
        var figures = Figures(
        [
            Won("D-1", "2025-10-20T03:00Z", 100, currency: "EUR"),
            Won("D-2", "2025-10-20T03:00Z", 100, currency: "EUR") with { BaseAmount = 120 },
            Won("D-3", "2025-10-20T03:00Z", 9, currency: "KWD"),
        ]);

        Assert.Equal(Money.Of(230, "USD"), figures.WonValue);
        Assert.Equal(1, figures.Unconverted);
    }

    [Fact]
    public void Quotations_count_each_version_and_inquiries_once()
    {
        var first = Fact("D-1", FactKind.Quoted, "2025-10-05T03:00Z", Mei) with
        {
            Id = "D-1|Quoted|Q1",
            Amount = Money.Of(1, "KWD"),
        };
        var figures = Figures(
        [
            Received("D-1", "2025-10-02T03:00Z"),
            Received("D-2", "2025-10-02T03:00Z"),
            first,
            first with { Id = "D-1|Quoted|Q2" },
        ]);

        Assert.Equal((2, 1, 50m), (figures.QuotationsSent, figures.QuotedInquiries, figures.QuoteRatePercent));
        Assert.Equal(0, figures.Unconverted);
    }

    [Fact]
    public void Money_in_and_money_given_up_count_in_their_month()
    {
        Fact Of(FactKind kind, string at, decimal amount) =>
            Fact("D-1", kind, at, Mei) with { Id = kind + at, Amount = Money.Of(amount, "USD") };

        var figures = Figures(
        [
            Of(FactKind.Invoiced, "2025-10-05T03:00Z", 300),
            Of(FactKind.CashReceived, "2025-10-06T03:00Z", 100),
            Of(FactKind.CashReceived, "2025-10-16T03:00Z", 150),
            Of(FactKind.CashReceived, "2025-11-16T03:00Z", 50),
            Of(FactKind.WrittenOff, "2025-10-30T03:00Z", 7),
        ]);

        Assert.Equal(
            (Money.Of(300, "USD"), Money.Of(250, "USD"), Money.Of(7, "USD")),
            (figures.Invoiced, figures.CashReceived, figures.WrittenOff));
    }

    [Fact]
    public void An_inquiry_counts_for_who_held_it_last()
    {
        IReadOnlyList<Fact> facts =
        [
            Received("D-1", "2025-10-02T03:00Z"),
            Fact("D-1", FactKind.Assigned, "2025-10-02T03:00Z", Mei),
            Fact("D-1", FactKind.Assigned, "2025-10-04T03:00Z", Omar),
            Received("D-2", "2025-10-02T03:00Z"),
        ];

        int ValidOf(string who) => Figures(facts, scope: new ReviewScope(ScopeKind.Salesperson, who)).Valid;

        Assert.Equal((0, 1, 1), (ValidOf("mei"), ValidOf("omar"), ValidOf("")));
    }

    [Fact]
    public void Every_figure_carries_its_definition()
    {
        var kpis = KpiCatalog.Of(Figures([]), Currency.Parse("USD"));

        Assert.All(kpis, kpi => Assert.True(kpi.Definition.Length > 20, kpi.Key));
        Assert.Equal(kpis.Count, kpis.DistinctBy(kpi => kpi.Key).Count());
    }
}
