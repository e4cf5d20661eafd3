namespace Workflows.Engine.Instances.Scheduling;

/// <summary>How soon an instance is to handle a message.</summary>
internal enum Urgency
{
    /// <summary>A caller waits for it, or it continues work under way.</summary>
    Asked,

    /// <summary>A timer has come due; no caller waits.</summary>
    Due,

    /// <summary>Recovery after a start, or an eviction.</summary>
    Idle,
}
