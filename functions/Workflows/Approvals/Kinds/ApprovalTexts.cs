using System.Globalization;
using System.Resources;

namespace Workflows.Approvals.Kinds;

/// <summary>
/// The words of approvals, from <c>ApprovalTexts.resx</c>. Keys begin with the kind; a fact's name has the fact's key.
/// </summary>
internal static class ApprovalTexts
{
    private static readonly ResourceManager Texts = new(typeof(ApprovalTexts));

    /// <summary>A text with its values put in, in English.</summary>
    /// <exception cref="MissingManifestResourceException">There is no text of that key.</exception>
    public static string Get(string key, params object?[] values)
    {
        var culture = CultureInfo.InvariantCulture;
        var text = Texts.GetString(key, culture)
            ?? throw new MissingManifestResourceException($"ApprovalTexts.resx has no text {key}.");
        return string.Format(culture, text, values);
    }
}
