using Microsoft.Extensions.Logging;

namespace Workflows.Conformance;

/// <summary>What the facts' own orchestrations log.</summary>
internal static partial class FactLog
{
    /// <summary>Category of these lines.</summary>
    public const string Category = "Facts";

    [LoggerMessage(9001, LogLevel.Information, "Passed {Place}")]
    public static partial void Passed(ILogger logger, string place);
}
