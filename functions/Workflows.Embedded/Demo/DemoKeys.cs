using System.Buffers.Text;
using System.Security.Cryptography;
using Workflows.Embedded.Serving;
using Workflows.Policies;
using Workflows.Web.Hosting.Keys;

namespace Workflows.Embedded.Demo;

/// <summary>
/// The keys that the demo's people work with, made as <c>keys add</c> makes them and kept beside the demo's database;
/// with them an admin key for the user, so that every start can show it.
/// </summary>
internal sealed record DemoKeys(string Admin, Dictionary<string, string> Staff)
{
    public static DemoKeys Read(HomeFiles files)
    {
        if (HomeFiles.Read<DemoKeys>(files.DemoKeys) is { } kept)
        {
            return kept;
        }

        var keys = new DemoKeys("demo_" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(12)), []);
        files.Write(files.DemoKeys, keys);
        return keys;
    }

    /// <summary>
    /// Gives each person of the policy a key, and sees to it that the database knows the keys that were kept: it may be
    /// a new one beside the folder of one that was deleted.
    /// </summary>
    public async Task CompleteAsync(HomeFiles files, Policy policy, ApiKeys keys)
    {
        foreach (var member in policy.Staff)
        {
            var role = Enum.Parse<Role>(
                member.Role == StaffRole.Director ? nameof(Role.Manager) : member.Role.ToString());
            if (Staff.TryGetValue(member.Id.Value, out var kept))
            {
                await keys.EnsureAsync(member.Id.Value, role, kept);
                continue;
            }

            Staff[member.Id.Value] = (await keys.AddAsync(member.Id.Value, role)).Secret;
            files.Write(files.DemoKeys, this);
        }
    }
}
