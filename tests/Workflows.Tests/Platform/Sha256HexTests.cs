using System.Text;
using Workflows.Platform;

namespace Workflows.Tests.Platform;

public sealed class Sha256HexTests
{
    // The example of FIPS 180-4 for one block.
    private const string OfAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    [Fact]
    public void A_text_and_its_bytes_have_the_same_digits_in_the_case_that_is_asked_for()
    {
        Assert.Equal((OfAbc, OfAbc), (Sha256Hex.Lower("abc"), Sha256Hex.Lower("abc"u8)));
        Assert.Equal(
            (OfAbc.ToUpperInvariant(), OfAbc.ToUpperInvariant()), (Sha256Hex.Upper("abc"), Sha256Hex.Upper("abc"u8)));
    }

    [Fact]
    public void A_text_counts_as_its_UTF_8() =>
        Assert.Equal(Sha256Hex.Lower(Encoding.UTF8.GetBytes("Grüße 汉")), Sha256Hex.Lower("Grüße 汉"));
}
