using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Tests.Policies;

public sealed class SmallRestTests
{
    [Theory]
    [InlineData(60, true)]
    [InlineData(253.44, true)]
    [InlineData(253.45, false)]
    [InlineData(5_068.80, false)]
    public void At_most_a_twentieth_of_an_invoice_is_a_small_rest(decimal givenUp, bool expected) =>
        Assert.Equal(expected, SmallRest.Is(Money.Of(givenUp, "USD"), Money.Of(5_068.80m, "USD")));
}
