namespace Workflows.Mails;

/// <summary>Where people reach this home, for the links in mails.</summary>
/// <param name="BaseUrl">Without a trailing slash, such as <c>https://deals.example.com</c>.</param>
public sealed record PublicAddress(Uri BaseUrl)
{
    /// <summary>An absolute link to a path that starts with a slash.</summary>
    public string Link(string path) => BaseUrl.AbsoluteUri.TrimEnd('/') + path;
}
