using Microsoft.AspNetCore.Authorization;

namespace Workflows.Web.Hosting.Keys;

/// <summary>What the holder of a key may do.</summary>
public enum Role
{
    /// <summary>Own deals: inquiries, quotations, answers, disputes.</summary>
    Sales,

    /// <summary>Everything of sales, handing over, reviews.</summary>
    Manager,

    /// <summary>Payments, receivables, credit, write-offs.</summary>
    Finance,

    /// <summary>Production, documents, shipment.</summary>
    Operations,

    /// <summary>Everything, and the operations of the home itself.</summary>
    Admin,
}

/// <summary>Who may use a route. An admin may use every one.</summary>
internal static class Access
{
    public const string Staff = "staff";
    public const string Sales = "sales";
    public const string Managers = "managers";
    public const string Finance = "finance";
    public const string Operations = "operations";
    public const string SalesOrFinance = "sales-or-finance";
    public const string FinanceOrManagers = "finance-or-managers";
    public const string Admin = "admin";

    private static readonly Dictionary<string, Role[]> Allowed = new()
    {
        [Staff] = [Role.Sales, Role.Manager, Role.Finance, Role.Operations],
        [Sales] = [Role.Sales, Role.Manager],
        [Managers] = [Role.Manager],
        [Finance] = [Role.Finance],
        [Operations] = [Role.Operations],
        [SalesOrFinance] = [Role.Sales, Role.Manager, Role.Finance],
        [FinanceOrManagers] = [Role.Finance, Role.Manager],
        [Admin] = [],
    };

    /// <summary>Whether a role may use what is marked so.</summary>
    public static bool Allows(string access, Role role) => role == Role.Admin || Allowed[access].Contains(role);

    public static void AddPolicies(AuthorizationOptions options)
    {
        foreach (var (name, roles) in Allowed)
        {
            options.AddPolicy(name, policy => policy
                .RequireAuthenticatedUser()
                .RequireRole([.. roles.Append(Role.Admin).Select(role => role.ToString())]));
        }

        options.DefaultPolicy = options.GetPolicy(Staff)!;
    }
}
