using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Workflows.Policies;
using Workflows.Web.Hosting.Keys;

namespace Workflows.Web.Hosting.Rows;

/// <summary>Which rows a person sees and may change at this moment, under the policy in force.</summary>
/// <param name="Today">In the company's zone.</param>
internal sealed record RowRights(Actor Actor, Policy Policy, DateOnly Today) : IBindableFromHttpContext<RowRights>
{
    private readonly RowScopes _scopes = ScopesOf(Actor, Policy);

    /// <summary>
    /// Whether it takes a row's owner to say what they see of it. Without that, lists are read as they are.
    /// </summary>
    public bool DependOnRows => !SeesAll || (Actor.Role == Role.Sales && _scopes.Change != RowScope.All);

    /// <summary>Whether they see every row.</summary>
    public bool SeesAll => _scopes.See == RowScope.All || _scopes.Change == RowScope.All;

    /// <summary>Whether they may change every row.</summary>
    public bool ChangesAll => _scopes.Change == RowScope.All;

    public static ValueTask<RowRights?> BindAsync(HttpContext context, ParameterInfo parameter) => new(Of(context));

    /// <summary>Those of the person who asks; null when nobody signed in.</summary>
    public static RowRights? Of(HttpContext context)
    {
        var policy = context.RequestServices.GetRequiredService<PolicyStore>().Current;
        var now = context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        return Actor.Of(context.User) is { } actor ? new RowRights(actor, policy, policy.Company.DayOf(now)) : null;
    }

    /// <summary>Whether they see a row.</summary>
    /// <param name="row">Null where nothing is known of its owner: then only those who see all see it.</param>
    public bool Sees(RowOwner? row) => Covers(_scopes.See, row) || Covers(_scopes.Change, row);

    /// <summary>Whether they may change a row, as far as their role may.</summary>
    /// <inheritdoc cref="Sees"/>
    public bool Changes(RowOwner? row) => Covers(_scopes.Change, row);

    /// <summary>Which fields of a row they see.</summary>
    /// <inheritdoc cref="Sees"/>
    public FieldRights FieldsOf(RowOwner? row) => new(Actor.Role, Changes(row));

    /// <summary>Which fields of a row they see; null when they must not know of the row.</summary>
    /// <inheritdoc cref="Sees"/>
    public FieldRights? LookAt(RowOwner? row) => Sees(row) ? FieldsOf(row) : null;

    private bool Covers(RowScope scope, RowOwner? row) =>
        scope == RowScope.All || (row is not null && VisibilityRule.Covers(Policy, scope, Actor.Id, row, Today));

    private static RowScopes ScopesOf(Actor actor, Policy policy)
    {
        var visibility = policy.Visibility ?? VisibilityPolicy.Default;
        return actor.Role switch
        {
            Role.Sales => visibility.Sales,
            Role.Manager when policy.FindStaff(actor.Id)?.Role == StaffRole.Director => visibility.Director,
            Role.Manager => visibility.Manager,
            Role.Operations => visibility.Operations,
            _ => RowScopes.Everything,
        };
    }
}
