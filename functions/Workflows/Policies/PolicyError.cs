namespace Workflows.Policies;

/// <summary>Something wrong in a policy document.</summary>
/// <param name="Path">JSON pointer of RFC 6901, such as <c>/staff/0/role</c>; empty is the document itself.</param>
/// <param name="Message">What is wrong and what would be right.</param>
public sealed record PolicyError(string Path, string Message)
{
    /// <summary>For a terminal.</summary>
    public override string ToString() => $"{(Path.Length == 0 ? "/" : Path)}: {Message}";
}

/// <summary>A document as it was read.</summary>
/// <param name="Policy">Null when there is an error.</param>
/// <param name="Errors">All that were found; empty when it is good.</param>
public sealed record PolicyLoadResult(Policy? Policy, IReadOnlyList<PolicyError> Errors)
{
    /// <summary>Whether it may be used.</summary>
    public bool IsValid => Policy is not null;
}
