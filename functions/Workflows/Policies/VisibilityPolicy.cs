namespace Workflows.Policies;

/// <summary>
/// Whose deals and invoices a person of each role sees, and whose they may change; what they may change they see too.
/// Finance is not in it: a payment may be on any invoice, so finance sees and changes all.
/// </summary>
public sealed record VisibilityPolicy(RowScopes Sales, RowScopes Manager, RowScopes Director, RowScopes Operations)
{
    /// <summary>What holds under a policy that says nothing of it.</summary>
    public static VisibilityPolicy Default { get; } = new(
        Sales: new RowScopes(RowScope.Own, RowScope.Own),
        Manager: new RowScopes(RowScope.Team, RowScope.Team),
        Director: RowScopes.Everything,
        Operations: RowScopes.Everything);
}

/// <summary>How far a role reaches.</summary>
public sealed record RowScopes(RowScope See, RowScope Change)
{
    /// <summary>Everybody's, to see and to change.</summary>
    public static RowScopes Everything { get; } = new(RowScope.All, RowScope.All);
}

/// <summary>Whose deals and invoices. Each holds one's own, and those of an owner for whom one stands in.</summary>
public enum RowScope
{
    /// <summary>One's own.</summary>
    Own,

    /// <summary>Those of the people whom one leads, or who have the same manager.</summary>
    Team,

    /// <summary>Those of buyers in the regions that one serves.</summary>
    Region,

    /// <summary>Everybody's.</summary>
    All,
}
