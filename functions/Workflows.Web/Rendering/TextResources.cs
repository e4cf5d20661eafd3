using System.Globalization;
using System.Resources;

namespace Workflows.Web.Rendering;

/// <summary>
/// The texts of one class, from the .resx file of its name: in the reader's language, which is
/// <see cref="CultureInfo.CurrentUICulture"/>, or else in English.
/// </summary>
/// <param name="owner">The class whose texts they are.</param>
internal sealed class TextResources(Type owner)
{
    private readonly ResourceManager _texts = new(owner);

    /// <summary>A text, its values put in. Values are text already: formats do not depend on the machine.</summary>
    /// <exception cref="MissingManifestResourceException">There is no text of that key.</exception>
    public string Say(string key, params ReadOnlySpan<object?> values)
    {
        var text = _texts.GetString(key, CultureInfo.CurrentUICulture)
            ?? throw new MissingManifestResourceException($"{owner.Name}.resx has no text '{key}'.");
        return values.IsEmpty ? text : string.Format(CultureInfo.InvariantCulture, text, values);
    }
}
