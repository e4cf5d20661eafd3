using System.Security.Cryptography;
using Workflows.Approvals;

namespace Workflows.Embedded.Serving;

/// <summary>What a home must keep to itself. Read from beside the database, made at the first start.</summary>
/// <param name="Links">Signs approval links.</param>
/// <param name="Webhooks">Every source of webhooks with its secrets.</param>
/// <param name="MadeNow">Sources whose secret was made at this start, to be shown once.</param>
internal sealed record HomeSecrets(
    LinkKeyRing Links, IReadOnlyDictionary<string, WebhookSettings> Webhooks, IReadOnlyList<string> MadeNow)
{
    public static HomeSecrets Read(HomeFiles files, IReadOnlyDictionary<string, WebhookSettings> configured)
    {
        var (webhooks, madeNow) = GeneratedSecrets.Complete(files, configured);
        return new HomeSecrets(ReadLinks(files), webhooks, madeNow);
    }

    // The first key makes new links; older ones stay below it until their links have run out.
    private static LinkKeyRing ReadLinks(HomeFiles files)
    {
        var kept = HomeFiles.Read<List<KeptLinkKey>>(files.Links);
        if (kept is null)
        {
            kept = [new KeptLinkKey("1", Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)))];
            files.Write(files.Links, kept);
        }

        return new LinkKeyRing([.. kept.Select(key => new LinkKey(key.Id, Convert.FromBase64String(key.Secret)))]);
    }

    private sealed record KeptLinkKey(string Id, string Secret);
}
