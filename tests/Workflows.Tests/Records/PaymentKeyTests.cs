using Workflows.Records;

namespace Workflows.Tests.Records;

public sealed class PaymentKeyTests
{
    private static readonly string Long = new('x', 140);

    [Fact]
    public void No_bank_reference_has_a_key_of_ours()
    {
        string[] references = ["BANK-1", "!", "!BANK-1", "credit|BANK-1|I2", "sha256-00", PaymentKey.Of(Long), Long];
        foreach (var reference in references)
        {
            Assert.DoesNotContain(PaymentKey.OfOurs(reference), references.Select(PaymentKey.Of));
        }
    }

    [Fact]
    public void A_short_reference_never_has_the_key_of_a_long_one() =>
        Assert.NotEqual(PaymentKey.Of(Long), PaymentKey.Of(PaymentKey.Of(Long)));
}
