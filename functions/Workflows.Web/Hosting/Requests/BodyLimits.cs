namespace Workflows.Web.Hosting.Requests;

/// <summary>How much of a body is read, at most.</summary>
internal static class BodyLimits
{
    /// <summary>Bytes of a JSON body: the largest of all, and so what the server takes at most.</summary>
    public const int Json = 2 * 1024 * 1024;

    /// <summary>Bytes of a webhook: platforms send under 20 kB, and its raw copy must fit into one row.</summary>
    public const int Webhook = 768 * 1024;

    /// <summary>Bytes of a form.</summary>
    public const int Form = 64 * 1024;

    /// <summary>Levels of nesting in JSON.</summary>
    public const int Depth = 16;

    /// <summary>Elements of one array.</summary>
    public const int Elements = 500;

    /// <summary>Errors that one problem lists.</summary>
    public const int Errors = 50;
}
