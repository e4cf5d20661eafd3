using Workflows.Customers;
using Workflows.Inquiries;
using Workflows.Lifecycle;
using Workflows.Records;
using Workflows.Trade;

namespace Workflows.Tests.Inquiries;

public class QualifyInquiryTests : IAsyncLifetime
{
    private Scenario _scenario = null!;

    public async Task InitializeAsync() => _scenario = await Scenario.StartAsync();

    public async Task DisposeAsync() => await _scenario.DisposeAsync();

    [Fact]
    public async Task Two_addresses_of_one_person_are_one_customer_and_the_repetition_is_a_duplicate()
    {
        var first = await QualifyAsync("D-1", Buyers.Inquiry(Buyers.Anna with { Email = "Anna+fair@Acme.example" }));
        var second = await QualifyAsync(
            "D-2", Later(Buyers.Inquiry(Buyers.Anna with { Email = "anna@acme.example" }, "M2", "Any news?")));

        Assert.Equal(InquiryVerdict.Serious, first.Verdict);
        Assert.Equal((InquiryVerdict.Duplicate, "D-1"), (second.Verdict, second.DuplicateOf?.Value));
        Assert.Equal(first.Customer, second.Customer);
        Assert.Contains("D-1", second.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_colleague_or_another_product_is_no_duplicate_but_the_same_customer()
    {
        var first = await QualifyAsync("D-1", Buyers.Inquiry());
        var colleague = await QualifyAsync(
            "D-2", Later(Buyers.Inquiry(Buyers.Anna with { Email = "ben@acme.example" }, "M2")));
        var product = await QualifyAsync(
            "D-3", Later(Buyers.Inquiry(id: "M3", sku: "RF-CP15", message: "And a pump, please, for the same plant.")));

        Assert.Equal([InquiryVerdict.Serious, InquiryVerdict.Serious], [colleague.Verdict, product.Verdict]);
        Assert.Equal([first.Customer, first.Customer], [colleague.Customer, product.Customer]);
    }

    [Fact]
    public async Task The_same_words_without_a_product_are_a_duplicate_for_thirty_days()
    {
        await QualifyAsync("D-1", Buyers.Inquiry(sku: null));

        var within = await QualifyAsync(
            "D-2",
            Later(
                Buyers.Inquiry(id: "M2", sku: null, message: "please  quote your BALL valves for our plant."),
                days: 30));
        var after = await QualifyAsync("D-3", Later(Buyers.Inquiry(id: "M3", sku: null), days: 31));

        Assert.Equal([InquiryVerdict.Duplicate, InquiryVerdict.Serious], [within.Verdict, after.Verdict]);
    }

    [Fact]
    public async Task The_same_words_and_products_in_another_normal_form_are_a_duplicate()
    {
        await QualifyAsync("D-1", Buyers.Inquiry(sku: null, message: "Une pompe à café pour notre usine, svp."));
        await QualifyAsync("D-2", Buyers.Inquiry(id: "M2", sku: "RF-CP15", message: ""));

        var words = await QualifyAsync("D-3", Later(
            Buyers.Inquiry(id: "M3", sku: null, message: "Une pompe a\u0300 cafe\u0301 pour notre usine, svp.")));
        var product = await QualifyAsync("D-4", Later(Buyers.Inquiry(id: "M4", sku: "ＲＦ－ＣＰ１５", message: "")));

        Assert.Equal(("D-1", "D-2"), (words.DuplicateOf?.Value, product.DuplicateOf?.Value));
    }

    [Fact]
    public async Task A_deal_that_has_ended_is_repeated_by_nobody()
    {
        await QualifyAsync("D-1", Buyers.Inquiry());
        await DealRepository.SaveAsync(
            _scenario.Tables,
            new Deal { Id = new DealId("D-1"), Stage = Stage.Lost, Inquiry = Buyers.Inquiry() },
            null,
            [],
            _scenario.Bound);

        Assert.Equal(InquiryVerdict.Serious, (await QualifyAsync("D-2", Later(Buyers.Inquiry(id: "M2")))).Verdict);
    }

    [Fact]
    public async Task Qualifying_again_finds_the_same()
    {
        var first = await QualifyAsync("D-1", Buyers.Inquiry());
        var again = await QualifyAsync("D-1", Buyers.Inquiry());

        Assert.Equivalent(first, again);
    }

    [Fact]
    public async Task What_was_acknowledged_stays_serious_although_an_older_one_comes_to_light()
    {
        var older = Buyers.Inquiry(id: "M0") with { ReceivedAt = Buyers.Inquiry().ReceivedAt.AddHours(-1) };
        var first = await QualifyAsync("D-1", Buyers.Inquiry());
        await QualifyAsync("D-0", older);

        var again = await QualifyAsync("D-1", Buyers.Inquiry());

        Assert.Equal([InquiryVerdict.Serious, InquiryVerdict.Serious], [first.Verdict, again.Verdict]);
        Assert.Equal(
            ["We have your inquiry D-0", "We have your inquiry D-1"],
            (await _scenario.MailsAsync()).Select(mail => mail.Record.Mail.Subject).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Who_has_ordered_is_a_repeat_customer()
    {
        var first = await QualifyAsync("D-1", Buyers.Inquiry());
        await CustomerRepository.RecordOrderAsync(
            _scenario.Tables, first.Customer, new DealId("D-1"), Money.Of(1000, "USD"), Scenario.Morning,
            _scenario.Bound);

        var own = await QualifyAsync("D-1", Buyers.Inquiry());
        var next = await QualifyAsync("D-2", Later(Buyers.Inquiry(id: "M2", sku: "RF-CP15")));

        Assert.Equal([false, false, true], [first.IsRepeatCustomer, own.IsRepeatCustomer, next.IsRepeatCustomer]);
        Assert.Equal(first.Score.Value + 10, next.Score.Value);
    }

    [Fact]
    public async Task Spam_is_named_with_its_reason()
    {
        var flagged = await QualifyAsync("D-1", Buyers.Inquiry() with { SpamFlag = true });
        var obvious = await QualifyAsync(
            "D-2",
            Buyers.Inquiry(
                Buyers.Anna with { Email = "x@gmail.com", Company = null, Country = null }, "M2", "Buy backlinks now",
                sku: null));

        Assert.Equal((InquiryVerdict.Spam, "The platform marked it as spam."), (flagged.Verdict, flagged.Reason));
        Assert.Equal(InquiryVerdict.Spam, obvious.Verdict);
        Assert.Contains("backlinks", obvious.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_firms_at_one_mail_provider_are_two_customers()
    {
        var rossi = Buyers.Anna with { Email = "rossi@libero.it", Company = "Rossi Srl" };

        var first = await QualifyAsync("D-1", Buyers.Inquiry(rossi));
        var second = await QualifyAsync(
            "D-2", Buyers.Inquiry(rossi with { Email = "bianchi@libero.it", Company = "Bianchi Srl" }, "M2"));
        var again = await QualifyAsync("D-3", Buyers.Inquiry(rossi, "M3", sku: "RF-CP15"));

        Assert.NotEqual(first.Customer, second.Customer);
        Assert.Equal(first.Customer, again.Customer);
        Assert.DoesNotContain(
            first.Score.Reasons, reason => reason.Contains("company address", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("anna@libero.it", "Other Srl", true)]
    [InlineData("ben@libero.it", "ACME gmbh", true)]
    [InlineData("ben@libero.it", "Other Srl", false)]
    public async Task A_customer_of_before_at_a_providers_domain_stays_that_of_its_own_buyer_and_company(
        string email, string company, bool isTheirs)
    {
        var known = new Customer(
            new CustomerId("C-" + ReadableCode.Of("libero.it", 10)), "libero.it", "Acme GmbH", "IT", "it",
            "anna@libero.it", Customer.StandardSegment, Scenario.Morning);
        await CustomerRepository.KeepAsync(_scenario.Tables, known, _scenario.Bound);

        var found = await QualifyAsync(
            "D-1", Buyers.Inquiry(Buyers.Anna with { Email = email, Company = company }));

        Assert.Equal(isTheirs, found.Customer == known.Id);
    }

    [Fact]
    public async Task A_second_company_name_at_a_domain_is_a_customer_of_its_own_and_the_manager_is_asked_once()
    {
        var alfa = Buyers.Anna with { Email = "anna@group.example", Company = "Alfa Srl" };
        var beta = alfa with { Email = "ben@group.example", Company = "Beta SpA" };

        var first = await ResultAsync("D-1", Buyers.Inquiry(alfa));
        var second = await ResultAsync("D-2", Buyers.Inquiry(beta, "M2"));
        var third = await ResultAsync("D-3", Buyers.Inquiry(beta with { Company = "BETA S.p.A." }, "M3", sku: null));
        var fourth = await ResultAsync(
            "D-4", Buyers.Inquiry(alfa with { Email = "carl@group.example", Company = "ALFA" }, "M4"));

        Assert.Null(first.Question);
        Assert.Equal((second.Found.Customer, first.Found.Customer), (second.Question!.Customer, second.Question.Other));
        Assert.NotEqual(first.Found.Customer, second.Found.Customer);
        Assert.Equal(second.Found.Customer, third.Found.Customer);
        Assert.Equal(first.Found.Customer, fourth.Found.Customer);
        var mail = Assert.Single(await _scenario.MailsAsync<CustomerInQuestion>());
        Assert.Equal("One company or two? Beta SpA and Alfa Srl", mail.Subject);
    }

    [Fact]
    public async Task A_customer_that_gave_no_company_takes_the_first_that_is_given()
    {
        var anna = Buyers.Anna with { Email = "anna@group.example", Company = null };
        var first = await ResultAsync("D-1", Buyers.Inquiry(anna));
        var named = await ResultAsync(
            "D-2", Buyers.Inquiry(anna with { Email = "ben@group.example", Company = "Alfa Srl" }, "M2"));
        var other = await ResultAsync(
            "D-3", Buyers.Inquiry(anna with { Email = "carl@group.example", Company = "Beta SpA" }, "M3"));

        Assert.Equal((first.Found.Customer, (CustomerQuestion?)null), (named.Found.Customer, named.Question));
        Assert.NotNull(other.Question);
    }

    [Theory]
    [InlineData("DE", "emea")]
    [InlineData("SA", "gulf")]
    [InlineData("BR", "americas")]
    [InlineData("JP", "asia-pacific")]
    [InlineData("IS", "emea")]
    [InlineData(null, "emea")]
    public async Task The_country_names_the_region(string? country, string region) =>
        Assert.Equal(
            region, (await QualifyAsync("D-1", Buyers.Inquiry(Buyers.Anna with { Country = country }))).Region);

    private async Task<Qualification> QualifyAsync(string deal, Inquiry inquiry) =>
        (await ResultAsync(deal, inquiry)).Found;

    private Task<QualifiedInquiry> ResultAsync(string deal, Inquiry inquiry) =>
        _scenario.RunAsync<QualifyInquiry, QualifyInput, QualifiedInquiry>(
            new QualifyInput(new DealId(deal), inquiry, "m1"));

    private static Inquiry Later(Inquiry inquiry, int days = 1) =>
        inquiry with { ReceivedAt = inquiry.ReceivedAt.AddDays(days) };
}
