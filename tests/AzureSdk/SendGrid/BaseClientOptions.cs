using System.Net.Http.Headers;

namespace SendGrid;

public class BaseClientOptions
{
    public string Host { get; set; }

    public string Version { get; set; } = "v3";

    public AuthenticationHeaderValue Auth { get; set; }
}
