using Workflows.Policies;
using Workflows.Trade;
using Workflows.Web.Hosting.Keys;

namespace Workflows.Web.Tests.Hosting.Rows;

/// <summary>
/// A home of two sales teams, in which nothing of the one is the other's: hanna leads jonas and amira, greta leads mei
/// and tao.
/// </summary>
public sealed class DividedHome : IAsyncLifetime
{
    private readonly Dictionary<string, HttpClient> _people = [];

    /// <summary>Owner of what is the callers' own, or of a person whom they lead.</summary>
    public const string Own = "jonas";

    /// <summary>Owner of what is out of their reach.</summary>
    public const string Other = "tao";

    public TradingHome Trading { get; } = new() { Policy = Divided(PolicyLoader.Default()) };

    /// <summary>Two teams that share no region.</summary>
    public static Policy Divided(Policy policy) => policy with
    {
        Staff =
        [
            .. policy.Staff.Select(member => member.Id.Value == "hanna"
                ? member with { Regions = ["emea", "gulf", "americas"] }
                : member),
            Another(policy, "hanna", "greta", "Greta Olsen"),
            Another(policy, "mei", Other, "Tao Wang") with { MaxOpenDeals = 0 },
        ],
    };

    /// <summary>A client of the person who stands for a column of the matrix.</summary>
    public HttpClient As(string column) => _people[column];

    public async Task InitializeAsync()
    {
        await Trading.InitializeAsync();
        foreach (var (column, name, role) in new[]
        {
            ("sales", "jonas", Role.Sales), ("manager", "hanna", Role.Manager), ("director", "viktor", Role.Manager),
            ("finance", "lin", Role.Finance), ("operations", "omar", Role.Operations), ("admin", "root", Role.Admin),
        })
        {
            _people[column] = await Trading.Web.CallerAsync(name, role);
        }
    }

    private static StaffMember Another(Policy policy, string like, string id, string name) =>
        policy.FindStaff(new StaffId(like))! with
        {
            Id = new StaffId(id),
            Name = name,
            Email = id + "@ridgewater.example",
            Regions = ["asia-pacific"],
        };

    public Task DisposeAsync() => Trading.DisposeAsync();
}
