using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Workflows.Policies;
using Workflows.Trade;
using Workflows.Web.Hosting.Keys;

namespace Workflows.Web.Hosting.Rows;

/// <summary>What a route answers.</summary>
internal enum AccessAnswer
{
    /// <summary>It does what it is for.</summary>
    Done,

    /// <summary>The row is in the list, or counted.</summary>
    Listed,

    /// <summary>The row is not in the list, nor counted.</summary>
    LeftOut,

    /// <summary>401, or the page to sign in.</summary>
    SignIn,

    /// <summary>403.</summary>
    Forbidden,

    /// <summary>404, as for a row that is not there.</summary>
    NotFound,
}

/// <summary>What one route answers one role.</summary>
/// <param name="Own">About a row of theirs, or of a person whom they lead.</param>
/// <param name="Others">About a row of another team and region.</param>
internal sealed record AccessCell(AccessAnswer Own, AccessAnswer Others);

/// <summary>One route of the matrix.</summary>
/// <param name="Route">Method and address.</param>
/// <param name="Stranger">What it answers to a caller without a key.</param>
internal sealed record AccessLine(
    string Route, RowDeclaration Row, AccessAnswer Stranger, IReadOnlyDictionary<string, AccessCell> Cells);

/// <summary>
/// The rights of every role on every route, worked out of the route table by the rules that requests are judged by.
/// </summary>
internal static class AccessMatrix
{
    private const string Here = "here";
    private const string Elsewhere = "elsewhere";

    /// <summary>The roles by the names of their columns. A director has a manager's key.</summary>
    public static IReadOnlyList<(string Name, Role Role)> Roles { get; } =
    [
        ("sales", Role.Sales), ("manager", Role.Manager), (Director, Role.Manager), ("finance", Role.Finance),
        ("operations", Role.Operations), ("admin", Role.Admin),
    ];

    private const string Director = "director";

    public static IReadOnlyList<AccessLine> Of(IEnumerable<Endpoint> routes, Policy policy)
    {
        var people = policy with { Staff = People };
        return
        [
            .. routes.OfType<RouteEndpoint>()
                .SelectMany(route => MethodsOf(route).Select(method => LineOf(method, route, people)))
                .OrderBy(line => line.Route.Split(' ')[1], StringComparer.Ordinal)
                .ThenBy(line => line.Route, StringComparer.Ordinal),
        ];
    }

    /// <summary>What a person of a role may see and change of their own row, and of another's.</summary>
    public static (FieldRights Own, FieldRights Others) FieldsOf(string name, Role role, Policy policy)
    {
        var rights = RightsOf(name, role, policy with { Staff = People });
        return (rights.FieldsOf(OwnRow(rights)), rights.FieldsOf(OthersRow));
    }

    private static IEnumerable<string> MethodsOf(RouteEndpoint route) =>
        route.Metadata.GetMetadata<HttpMethodMetadata>() is { } methods
            ? methods.HttpMethods.Where(method => method != HttpMethods.Head)
            : ["ANY"];

    private static AccessLine LineOf(string method, RouteEndpoint route, Policy policy)
    {
        var declaration = route.Metadata.GetMetadata<RowDeclaration>()!;
        var isOpen = route.Metadata.GetMetadata<IAllowAnonymous>() is not null;
        var policies = route.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(data => data.Policy!).ToList();
        return new AccessLine(
            $"{method} /{route.RoutePattern.RawText!.Trim('/')}",
            declaration,
            isOpen ? AccessAnswer.Done : AccessAnswer.SignIn,
            Roles.ToDictionary(
                each => each.Name,
                each => isOpen || policies.All(access => Access.Allows(access, each.Role))
                    ? CellOf(declaration.Access, RightsOf(each.Name, each.Role, policy))
                    : new AccessCell(AccessAnswer.Forbidden, AccessAnswer.Forbidden)));
    }

    private static AccessCell CellOf(RowAccess access, RowRights rights) =>
        new(AnswerOf(access, rights, OwnRow(rights)), AnswerOf(access, rights, OthersRow));

    private static AccessAnswer AnswerOf(RowAccess access, RowRights rights, RowOwner row) => access switch
    {
        RowAccess.None => AccessAnswer.Done,
        RowAccess.List => rights.Sees(row) ? AccessAnswer.Listed : AccessAnswer.LeftOut,
        _ when !rights.Sees(row) => AccessAnswer.NotFound,
        RowAccess.Change when !rights.Changes(row) => AccessAnswer.Forbidden,
        _ => AccessAnswer.Done,
    };

    private static RowRights RightsOf(string name, Role role, Policy policy) =>
        new(new Actor(new StaffId(name), role, KeyId: ""), policy, Today: default);

    private static RowOwner OwnRow(RowRights rights) =>
        new(rights.Actor.Role == Role.Manager ? new StaffId("sales") : rights.Actor.Id, Here);

    private static RowOwner OthersRow { get; } = new(new StaffId("other-sales"), Elsewhere);

    private static IReadOnlyList<StaffMember> People { get; } =
    [
        Person("sales", StaffRole.Sales, Here), Person("manager", StaffRole.Manager, Here),
        Person("finance", StaffRole.Finance, Here), Person("operations", StaffRole.Operations, Here),
        Person("other-sales", StaffRole.Sales, Elsewhere), Person("other-manager", StaffRole.Manager, Elsewhere),
        Person(Director, StaffRole.Director, Here),
    ];

    private static StaffMember Person(string id, StaffRole role, string region) => new(
        new StaffId(id), id, Email: "", role, [region], Languages: [], Products: [], MaxOpenDeals: 0, Absences: [],
        Deputy: null);
}
