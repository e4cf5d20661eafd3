using System.Reflection;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Workflows.Trade;

namespace Workflows.Web.Hosting.Keys;

/// <summary>Who is asking: the name of their key is their staff id, recorded as "who" in every timeline.</summary>
/// <param name="Id">Staff id.</param>
/// <param name="Role">What they may do.</param>
/// <param name="KeyId">Which key they showed.</param>
internal sealed record Actor(StaffId Id, Role Role, string KeyId) : IBindableFromHttpContext<Actor>
{
    private const string KeyIdClaim = "key";

    public static ValueTask<Actor?> BindAsync(HttpContext context, ParameterInfo parameter) => new(Of(context.User));

    /// <summary>Who a principal is; null when nobody signed in.</summary>
    public static Actor? Of(ClaimsPrincipal user) => KeyIdOf(user) is { } key
        ? new Actor(
            new StaffId(user.FindFirstValue(ClaimTypes.NameIdentifier)!),
            Enum.Parse<Role>(user.FindFirstValue(ClaimTypes.Role)!), key)
        : null;

    public static string? KeyIdOf(ClaimsPrincipal user) => user.FindFirstValue(KeyIdClaim);

    public static ClaimsPrincipal Principal(ApiKey key, string scheme) => new(new ClaimsIdentity(
        [
            new Claim(ClaimTypes.NameIdentifier, key.Name),
            new Claim(ClaimTypes.Name, key.Name),
            new Claim(ClaimTypes.Role, key.Role.ToString()),
            new Claim(KeyIdClaim, key.Id),
        ],
        scheme));
}
