using System.Globalization;
using System.Resources;

namespace Workflows.Web.Rendering;

/// <summary>
/// The texts of one resource file, in the language of the request's UI culture; the neutral file is English. Figures
/// and days are written the same in every language, so that all readers of a row see the same.
/// </summary>
/// <param name="name">Full name of the resource: the namespace of its folder, and the file's name.</param>
internal sealed class ResourceTexts(string name)
{
    private readonly ResourceManager _texts = new(name, typeof(ResourceTexts).Assembly);

    /// <summary>A text with its values filled in.</summary>
    /// <exception cref="MissingManifestResourceException">There is no such text.</exception>
    public string Get(string key, params ReadOnlySpan<object?> values)
    {
        var text = _texts.GetString(key, CultureInfo.CurrentUICulture)
            ?? throw new MissingManifestResourceException($"No text '{key}' in {name}.");
        return string.Format(CultureInfo.InvariantCulture, text, values);
    }
}
