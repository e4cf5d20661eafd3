using System.Security.Cryptography;
using System.Text;
using Workflows.Trade;

namespace Workflows.Lifecycle;

/// <summary>How a deal gets its id.</summary>
public static class DealNumbering
{
    // Crockford's alphabet: no I, L, O, U, so that an id survives being read out.
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>
    /// The deal of a platform's inquiry: the same inquiry always names the same deal, which is what makes a repeated
    /// webhook harmless. 60 bits of SHA-256, such as <c>D-7K2M-9QX4-T3BN</c>.
    /// </summary>
    public static DealId For(string platform, string platformInquiryId)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{platform}\n{platformInquiryId}"));
        var id = new StringBuilder("D");
        for (var i = 0; i < 12; i++)
        {
            if (i % 4 == 0)
            {
                id.Append('-');
            }

            id.Append(Alphabet[hash[i] & 31]);
        }

        return new DealId(id.ToString());
    }

    /// <summary>The id of the next approval that a deal asks for: from <c>-A1</c>, without gaps.</summary>
    internal static ApprovalId NextApproval(Deal deal) => new($"{deal.Id}-A{deal.Approvals.Count + 1}");
}
