using System.Globalization;
using Workflows.Customers;
using Workflows.Policies;

namespace Workflows.Inquiries;

/// <summary>
/// What speaks for spam in an inquiry. One sign alone says nothing: a buyer may be named Seo, ask for a casino, or send
/// links to drawings. Pure.
/// </summary>
public static class SpamSigns
{
    /// <summary>From so many signs on, an inquiry reads like spam.</summary>
    public const int Telling = 2;

    // A buyer may well point to his own site; a list of links is advertising.
    private const int LinksOfAnHonestMessage = 2;

    /// <summary>The signs, in words for people.</summary>
    public static IReadOnlyList<string> Of(Inquiry inquiry, BuyerIdentity buyer, ScoringPolicy weights)
    {
        var names = SearchText.Normalised(
            string.Join(' ', inquiry.Buyer.Name, inquiry.Buyer.Company, inquiry.Buyer.Email));
        var signs = weights.SpamTerms
            // Buyers sign with their own names.
            .Where(term => SearchText.Contains(inquiry.Message, term) && !SearchText.Contains(names, term))
            .Select(term => $"\"{term}\"")
            .ToList();
        var links = SearchText.Count(inquiry.Message, "http://") + SearchText.Count(inquiry.Message, "https://");
        if (links > LinksOfAnHonestMessage)
        {
            signs.Add(links.ToString(CultureInfo.InvariantCulture) + " links");
        }

        // Who asks for nothing and names no company wants something else; by itself it is only a poor inquiry.
        if (signs.Count > 0 && inquiry.Products.Count == 0 && buyer.Domain is null
            && string.IsNullOrWhiteSpace(inquiry.Buyer.Company))
        {
            signs.Add("nothing asked for, from a free mail address without a company");
        }

        return signs;
    }
}
