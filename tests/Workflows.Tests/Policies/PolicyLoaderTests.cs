using System.Text.Json.Nodes;
using Workflows.Calendars;
using Workflows.Policies;

namespace Workflows.Tests.Policies;

public class PolicyLoaderTests
{
    [Fact]
    public void Default_policy_is_valid()
    {
        var result = PolicyLoader.Load(PolicyLoader.DefaultDocument);

        Assert.Empty(result.Errors);
        Assert.Equal("2026-11", result.Policy!.Version);
        Assert.Equal(new TimeOnly(8, 30), result.Policy.Company.BusinessHours.Start);
        Assert.Equal(
            [5m, 10m, 15m],
            [
                result.Policy.Approvals.SalesDiscountPercent,
                .. result.Policy.Approvals.Levels["discount"].Select(level => level.UpTo!.Value),
            ]);
    }

    [Fact]
    public void A_printed_policy_loads_to_the_same_policy()
    {
        var printed = PolicyPrinter.Print(PolicyLoader.Default());

        var again = PolicyLoader.Load(System.Text.Encoding.UTF8.GetBytes(printed));

        Assert.Empty(again.Errors);
        Assert.Equal(printed, PolicyPrinter.Print(again.Policy!));
    }

    [Fact]
    public void Every_error_is_reported_at_once_with_its_path()
    {
        var errors = ErrorsOf(policy =>
        {
            policy["nonsense"] = 1;
            policy["company"]!.AsObject().Remove("email");
            policy["staff"]![0]!["role"] = "Sale";
            policy["staff"]![1]!["maxOpenDeals"] = "20";
            policy["quotations"]!["ValidityDays"] = 30;
            policy["credit"]!["defaultLimit"]!["amount"] = "1,000";
            policy["company"]!["rates"]!["euro"] = 1.1;
            policy["reviews"]!["day"] = 29;
        });

        Assert.Equal(
            [
                "/company/email", "/company/rates/euro", "/credit/defaultLimit/amount", "/nonsense",
                "/quotations/ValidityDays",
                "/reviews/day", "/staff/0/role", "/staff/1/maxOpenDeals",
            ],
            errors.Select(error => error.Path).Order(StringComparer.Ordinal));
        Assert.Contains(
            "\"validityDays\"", errors.Single(error => error.Path == "/quotations/ValidityDays").Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "Sales, Manager", errors.Single(error => error.Path == "/staff/0/role").Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "not JSON")]
    [InlineData("", "not JSON")]
    [InlineData("{\"version\":\"1\",\"version\":\"2\"}", "not JSON")]
    [InlineData("[]", "must be an object")]
    public void What_is_not_a_policy_is_said_so(string json, string message)
    {
        var result = PolicyLoader.Load(System.Text.Encoding.UTF8.GetBytes(json));

        Assert.False(result.IsValid);
        Assert.Contains(message, Assert.Single(result.Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_currency_that_ISO_does_not_know_is_refused_at_its_path()
    {
        var error = Assert.Single(
            ErrorsOf(policy => policy["scoring"]!["products"]![1]!["floor"]!["currency"] = "XXX"));

        Assert.Equal("/scoring/products/1/floor", error.Path);
    }

    [Theory]
    [InlineData("""{"company":{"timeZone":"Asia/Atlantis"}}""", "/company/timeZone")]
    [InlineData("""{"company":{"rates":{"USD":1}}}""", "/company/rates/USD")]
    [InlineData("""{"company":{"businessHours":{"end":"08:30:00"}}}""", "/company/businessHours/end")]
    [InlineData("""{"regions":{"1":{"id":"gulf"}}}""", "/regions/2/id")]
    [InlineData("""{"regions":{"0":{"countries":["CN","DE"]}}}""", "/regions/1/countries/0")]
    [InlineData("""{"staff":{"0":{"deputy":"nobody"}}}""", "/staff/0/deputy")]
    [InlineData("""{"staff":{"0":{"deputy":"mei"}}}""", "/staff/0/deputy")]
    [InlineData("""{"staff":{"1":{"id":"mei"}}}""", "/staff/1/id")]
    [InlineData("""{"staff":{"1":{"email":"Mei@Ridgewater.example"}}}""", "/staff/1/email")]
    [InlineData("""{"staff":{"0":{"regions":["moon"]}}}""", "/staff/0/regions/0")]
    [InlineData(
        """{"staff":{"0":{"absences":[{"from":"2026-12-24","to":"2026-12-20","reason":"leave"}]}}}""",
        "/staff/0/absences/0/to")]
    [InlineData("""{"approvals":{"levels":{"discount":{"0":{"upTo":5}}}}}""", "/approvals/levels/discount/0/upTo")]
    [InlineData("""{"approvals":{"levels":{"discount":{"1":{"upTo":10}}}}}""", "/approvals/levels/discount/1/upTo")]
    [InlineData("""{"approvals":{"levels":{"credit":[]}}}""", "/approvals/levels/credit")]
    [InlineData("""{"approvals":{"levels":{"gift":[{"role":"Director"}]}}}""", "/approvals/levels/gift")]
    [InlineData("""{"approvals":{"reminderHours":18}}""", "/approvals/reminderHours")]
    [InlineData("""{"approvals":{"linkDays":1}}""", "/approvals/linkDays")]
    [InlineData("""{"quotations":{"validityDays":91}}""", "/quotations/validityDays")]
    [InlineData("""{"firstResponse":{"nudgeAt":1}}""", "/firstResponse/nudgeAt")]
    [InlineData("""{"scoring":{"warmFrom":70}}""", "/scoring/hotFrom")]
    [InlineData("""{"scoring":{"products":{"1":{"sku":"rf-bv50"}}}}""", "/scoring/products/1/sku")]
    [InlineData("""{"credit":{"defaultLimit":{"currency":"CHF"}}}""", "/credit/defaultLimit")]
    [InlineData("""{"paymentTerms":{"0":{"instalments":{"0":{"percent":31}}}}}""", "/paymentTerms/0/instalments")]
    [InlineData("""{"paymentTerms":{"1":{"code":"TT30-70BL"}}}""", "/paymentTerms/1/code")]
    [InlineData("""{"dunning":{"ladders":{"standard":{"2":{"day":1}}}}}""", "/dunning/ladders/standard/2")]
    [InlineData("""{"staff":{"0":{"manager":"mei"}}}""", "/staff/0/manager")]
    [InlineData("""{"staff":{"0":{"manager":"nobody"}}}""", "/staff/0/manager")]
    public void Parts_that_disagree_are_reported_at_their_path(string change, string path)
    {
        var errors = ErrorsOf(policy => Apply(JsonNode.Parse(change)!.AsObject(), policy));

        Assert.Contains(path, errors.Select(error => error.Path));
    }

    [Fact]
    public void A_document_that_says_nothing_of_visibility_is_good_and_keeps_each_salesperson_to_their_own()
    {
        Assert.Empty(ErrorsOf(policy => policy.Remove("visibility")));
        Assert.Equal(new RowScopes(RowScope.Own, RowScope.Own), VisibilityPolicy.Default.Sales);
        Assert.Equal(VisibilityPolicy.Default, PolicyLoader.Default().Visibility);
    }

    [Fact]
    public void A_ladder_for_everybody_must_be_there()
    {
        var error = Assert.Single(ErrorsOf(policy => policy["dunning"]!["ladders"]!.AsObject().Remove("standard")));

        Assert.Equal("/dunning/ladders", error.Path);
    }

    [Fact]
    public void Levels_of_every_kind_of_approval_must_be_there()
    {
        var error = Assert.Single(
            ErrorsOf(policy => policy["approvals"]!["levels"]!.AsObject().Remove("writeOff")));

        Assert.Equal(("/approvals/levels/writeOff", "is missing."), (error.Path, error.Message));
    }

    [Fact]
    public void A_role_that_decides_must_be_held_by_a_member_of_staff()
    {
        var errors = ErrorsOf(policy => policy["staff"]![5]!["role"] = "Manager");

        Assert.All(errors, error => Assert.EndsWith("/role", error.Path, StringComparison.Ordinal));
        Assert.Equal(3, errors.Count);
    }

    private static IReadOnlyList<PolicyError> ErrorsOf(Action<JsonObject> change)
    {
        var policy = JsonNode.Parse(PolicyLoader.DefaultDocument)!.AsObject();
        change(policy);
        return PolicyLoader.Load(System.Text.Encoding.UTF8.GetBytes(policy.ToJsonString())).Errors;
    }

    private static void Apply(JsonObject change, JsonNode target)
    {
        foreach (var (name, value) in change)
        {
            var inner = target is JsonArray array
                ? array[int.Parse(name, System.Globalization.CultureInfo.InvariantCulture)]
                : target[name];
            if (value is JsonObject deeper && inner is JsonObject or JsonArray && value is JsonObject)
            {
                Apply(deeper, inner!);
            }
            else if (target is JsonArray list)
            {
                list[int.Parse(name, System.Globalization.CultureInfo.InvariantCulture)] = value?.DeepClone();
            }
            else
            {
                target[name] = value?.DeepClone();
            }
        }
    }
}
