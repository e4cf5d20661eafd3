using System.Text.Json;
using Workflows.Platform;

namespace Workflows.Policies;

/// <summary>Writes a policy as a document that loads again to the same policy.</summary>
public static class PolicyPrinter
{
    private static readonly JsonSerializerOptions Indented = new(DurableJson.Options) { WriteIndented = true };

    /// <summary>The policy as indented JSON, ending in a line break.</summary>
    public static string Print(Policy policy) => JsonSerializer.Serialize(policy, Indented) + "\n";
}
