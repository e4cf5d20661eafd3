namespace Workflows.Mails;

/// <summary>Where people reach this home, for the links in mails.</summary>
/// <param name="BaseUrl">A scheme, host and port, such as <c>https://deals.example.com</c>.</param>
public sealed record PublicAddress(Uri BaseUrl)
{
    /// <summary>
    /// Whether an address can be a home's. A home has its host to itself: pages, redirects and files lie at its root,
    /// so an address with a path would lead somewhere else.
    /// </summary>
    public static bool CanBe(Uri address) =>
        address is { IsAbsoluteUri: true, Scheme: "http" or "https", AbsolutePath: "/", UserInfo: "" }
        && address.Query.Length == 0 && address.Fragment.Length == 0;

    /// <summary>An absolute link to a path that starts with a slash.</summary>
    public string Link(string path) => BaseUrl.AbsoluteUri.TrimEnd('/') + path;
}
