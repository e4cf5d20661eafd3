using Microsoft.AspNetCore.Builder;

namespace Workflows.Web.Hosting.Rows;

/// <summary>What a route is about.</summary>
internal enum RowKind
{
    /// <summary>Nothing that has an owner.</summary>
    None,

    /// <summary>A deal; its owner's.</summary>
    Deal,

    /// <summary>An invoice; its deal's owner's.</summary>
    Invoice,

    /// <summary>An approval; its deal's owner's.</summary>
    Approval,

    /// <summary>A customer; of the person who looks after them.</summary>
    Customer,

    /// <summary>A mail; its addressee's among the staff, or else its deal's owner's.</summary>
    Mail,
}

/// <summary>What a route does with its rows.</summary>
internal enum RowAccess
{
    /// <summary>It has none.</summary>
    None,

    /// <summary>It shows the one of its address.</summary>
    See,

    /// <summary>It changes the one of its address.</summary>
    Change,

    /// <summary>It lists or counts those that the caller sees.</summary>
    List,
}

/// <summary>What a route says of its rows. A route that says nothing is not served.</summary>
/// <param name="Reason">Why its rows have no owner; null where they have.</param>
internal sealed record RowDeclaration(RowKind Kind, RowAccess Access, string? Reason);

/// <summary>How a route says whose rows it opens.</summary>
public static class RowDeclarations
{
    /// <summary>The route opens no row that has an owner. For routes of one home too.</summary>
    /// <param name="reason">Why not, for the matrix of rights.</param>
    public static TBuilder HasNoRow<TBuilder>(this TBuilder route, string reason)
        where TBuilder : IEndpointConventionBuilder =>
        route.WithMetadata(new RowDeclaration(RowKind.None, RowAccess.None, reason));

    /// <summary>The route shows the row that <c>{id}</c> names.</summary>
    internal static TBuilder SeesRow<TBuilder>(this TBuilder route, RowKind kind)
        where TBuilder : IEndpointConventionBuilder =>
        route.WithMetadata(new RowDeclaration(kind, RowAccess.See, Reason: null));

    /// <summary>The route changes the row that <c>{id}</c> names.</summary>
    internal static TBuilder ChangesRow<TBuilder>(this TBuilder route, RowKind kind)
        where TBuilder : IEndpointConventionBuilder =>
        route.WithMetadata(new RowDeclaration(kind, RowAccess.Change, Reason: null));

    /// <summary>The route lists rows: its handler asks <see cref="VisibleRows"/> for them.</summary>
    internal static TBuilder ListsRows<TBuilder>(this TBuilder route, RowKind kind)
        where TBuilder : IEndpointConventionBuilder =>
        route.WithMetadata(new RowDeclaration(kind, RowAccess.List, Reason: null));
}
