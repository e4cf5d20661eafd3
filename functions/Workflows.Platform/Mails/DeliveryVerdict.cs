namespace Workflows.Platform;

/// <summary>What became of one try to send a mail.</summary>
public enum DeliveryVerdict
{
    /// <summary>The other side has it.</summary>
    Sent,

    /// <summary>The other side does not have it, and may take it later.</summary>
    Temporary,

    /// <summary>The other side will never take it.</summary>
    Permanent,

    /// <summary>The other side may have it: its answer did not come.</summary>
    Unknown,
}
