using Workflows.Azure.Serving;
using Workflows.Conformance;

namespace Workflows.Azure.Tests.Serving;

public sealed class LogTests
{
    [Fact]
    public void Every_line_of_this_home_has_a_number_of_its_own() =>
        LogEvents.AssertEachHasANumberOfItsOwn(typeof(HomeOpening).Assembly);
}
