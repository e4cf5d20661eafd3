using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Workflows.Trade;
using Workflows.Web.Deals;
using Workflows.Web.Hosting.Problems;
using Workflows.Web.Hosting.Requests;
using Workflows.Web.Payments;
using Workflows.Web.Quotations;

namespace Workflows.Web.Tests.Hosting.Requests;

/// <summary>A form is read as its JSON is, and refused with the same words.</summary>
public sealed class FormReaderTests
{
    private const string Line = "sku0=A&description0=Pump&quantity0=2&unit0=pc&price0=10.00&currency=USD";
    private const string Rest = "&incoterm=FOB&place=Shanghai&paymentTerms=TT30-70BL";

    [Theory]
    [InlineData("", "{}")]
    [InlineData("answer=Maybe", """{"answer":"Maybe"}""")]
    [InlineData(
        "answer=counter&counterPrice=12,5&currency=USD",
        """{"answer":"counter","counterPrice":{"amount":"12,5","currency":"USD"}}""")]
    [InlineData(
        "answer=counter&counterPrice=0.00&currency=USD",
        """{"answer":"counter","counterPrice":{"amount":"0.00","currency":"USD"}}""")]
    [InlineData(
        "answer=counter&counterPrice=1.005&currency=USD",
        """{"answer":"counter","counterPrice":{"amount":"1.005","currency":"USD"}}""")]
    [InlineData(
        "answer=counter&counterPrice=1&currency=DM",
        """{"answer":"counter","counterPrice":{"amount":"1","currency":"DM"}}""")]
    [InlineData("answer=accepted&purchaseOrder=a%00b", "{\"answer\":\"accepted\",\"purchaseOrder\":\"a\\u0000b\"}")]
    public void An_answer_that_is_wrong_is_wrong_alike(string form, string json) =>
        AssertAlike<AnswerRequest>(form, json);

    [Theory]
    [InlineData("milestone=Shipped&date=2026-02-30", """{"milestone":"Shipped","date":"2026-02-30"}""")]
    [InlineData("date=tomorrow", """{"date":"tomorrow"}""")]
    public void A_milestone_that_is_wrong_is_wrong_alike(string form, string json) =>
        AssertAlike<MilestoneRequest>(form, json);

    [Theory]
    [InlineData(
        "reference=R&amount=-1&currency=USD", """{"reference":"R","amount":{"amount":"-1","currency":"USD"}}""")]
    [InlineData("amount=1&currency=USD&valueDate=x", """{"amount":{"amount":"1","currency":"USD"},"valueDate":"x"}""")]
    public void A_payment_that_is_wrong_is_wrong_alike(string form, string json) =>
        AssertAlike<PaymentRequest>(form, json);

    [Theory]
    [InlineData("quantity0=-2", "/lines/0/quantity")]
    [InlineData("quantity0=many", "/lines/0/quantity")]
    [InlineData("quantity0=1e3", "/lines/0/quantity")]
    [InlineData("price0=cheap", "/lines/0/listPrice/amount")]
    [InlineData("discountPercent=101", "/discountPercent")]
    [InlineData("validityDays=7.5", "/validityDays")]
    [InlineData("place=", "/delivery/place")]
    public void A_quotation_s_errors_have_their_places(string wrong, string pointer)
    {
        var name = wrong.Split('=')[0];
        var fields = string.Join(
            '&', $"{Line}{Rest}".Split('&').Where(field => field.Split('=')[0] != name).Append(wrong));
        var problem = Assert.Throws<ProblemException>(() => FormReader.Read<QuotationRequest>(Form(fields), 0));
        Assert.Equal(pointer, Assert.Single(problem.Errors!).Pointer);
    }

    [Fact]
    public void Rows_are_read_by_their_numbers_and_the_rest_has_its_defaults()
    {
        var request = FormReader.Read<QuotationRequest>(
            Form($"{Line}{Rest}&sku4=B&description4=Valve&quantity4=0.5&unit4=kg&price4=3&cost4=2.5"), 0, 4);

        Assert.Equal(["A", "B"], request.Lines.Select(line => line.Sku));
        Assert.Equal(
            new QuotationLineRequest("B", "Valve", 0.5m, "kg", Money.Of(3, "USD"), Money.Of(2.5m, "USD")),
            request.Lines[1]);
        Assert.Equal(new DeliveryRequest(Incoterm.FOB, "Shanghai"), request.Delivery);
        Assert.Equal((0m, null, null), (request.DiscountPercent, request.ValidityDays, request.Note));
    }

    private static void AssertAlike<T>(string form, string json) where T : class
    {
        var one = Assert.Throws<ProblemException>(() => FormReader.Read<T>(Form(form)));
        var other = Assert.Throws<ProblemException>(() => StrictJson.Read<T>(Encoding.UTF8.GetBytes(json)));
        Assert.Equal(other.Type, one.Type);
        Assert.Equal(other.Errors, one.Errors);
    }

    private static FormBody Form(string text) => new(new FormCollection(text
        .Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(field => field.Split('='))
        .ToDictionary(field => field[0], field => new StringValues(Uri.UnescapeDataString(field[1])))));
}
