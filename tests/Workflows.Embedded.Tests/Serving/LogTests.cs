using Workflows.Conformance;
using Workflows.Embedded.Serving;

namespace Workflows.Embedded.Tests.Serving;

public sealed class LogTests
{
    [Fact]
    public void Every_line_of_this_home_has_a_number_of_its_own() =>
        LogEvents.AssertEachHasANumberOfItsOwn(typeof(Home).Assembly);
}
