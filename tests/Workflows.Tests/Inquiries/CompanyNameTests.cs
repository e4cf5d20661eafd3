using Workflows.Customers;

namespace Workflows.Tests.Inquiries;

public class CompanyNameTests
{
    [Theory]
    [InlineData("Alfa Srl", "Beta SpA")]
    [InlineData("Nordic Valves AB", "Baltic Pumps OÜ")]
    [InlineData("ООО Альфа", "ЗАО Бета")]
    [InlineData("شركة النور", "مؤسسة الفجر")]
    public void Names_without_a_word_in_common_are_two_companies(string one, string other)
    {
        Assert.True(CompanyName.AreClearlyDifferent(one, other));
        Assert.True(CompanyName.AreClearlyDifferent(other, one));
    }

    [Theory]
    [InlineData("Acme GmbH", "ACME")]
    [InlineData("Acme GmbH", "Acme Polska Sp. z o.o.")]
    [InlineData("Berg Pumpen GmbH & Co. KG", "BergPumpen")]
    [InlineData("Société Générale", "Societe Generale SA")]
    [InlineData("IBM", "International Business Machines Corp.")]
    [InlineData("Nordic Valve", "Nordics Valves Ltd")]
    [InlineData("ＡＣＭＥ株式会社", "ACME")]
    [InlineData("北京阀门有限公司", "Beijing Valves Co., Ltd.")]
    [InlineData("北京阀门有限公司", "上海水泵厂")]
    public void Spellings_of_one_company_and_what_cannot_be_compared_are_not(string one, string other)
    {
        Assert.False(CompanyName.AreClearlyDifferent(one, other));
        Assert.False(CompanyName.AreClearlyDifferent(other, one));
    }

    [Theory]
    [InlineData("Beta SpA", "BETA S.p.A.")]
    [InlineData("Café Beta", "Cafe\u0301 beta Srl")]
    public void Spellings_of_one_company_have_one_key(string one, string other) =>
        Assert.Equal(CompanyName.Key(one), CompanyName.Key(other));

    [Theory]
    [InlineData("Acme GmbH", true)]
    [InlineData("Alfa S.r.l.", true)]
    [InlineData("Anna Berg", false)]
    [InlineData("Alfa Romeo", false)]
    public void A_legal_form_says_that_a_name_is_a_companys(string name, bool hasLegalForm) =>
        Assert.Equal(hasLegalForm, CompanyName.HasLegalForm(name));
}
