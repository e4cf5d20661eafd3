using System.Text.RegularExpressions;
using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Embedded.Demo;

/// <summary>
/// The people who decide. They leave every approval to the user at the console for most of its time, then read the mail
/// they got, follow the link in it and send its form.
/// </summary>
internal sealed partial class Approvers(ServerClient server, int seed, Policy policy)
{
    private readonly HashSet<Uri> _followed = [];

    /// <summary>Decides what has waited long enough.</summary>
    public async Task TurnAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        foreach (var approval in await server.ApprovalsAsync(server.Reader, cancellation))
        {
            if (approval is { Waits: { } person, Until: { } until } && server.Staff.Contains(person)
                && AnswersWithin(approval, person) is { } lead && now >= until - lead)
            {
                await DecideAsync(approval, person, cancellation);
            }
        }
    }

    private async Task DecideAsync(ApiApproval approval, string person, CancellationToken cancellation)
    {
        var mails = await server.MailsAsync(person, approval.Deal, cancellation);
        var link = mails.Where(mail => mail.Kind.StartsWith("approval-", StringComparison.Ordinal))
            .Select(mail => mail.DecisionLink()).FirstOrDefault(link => link is not null);
        if (link is null || _followed.Contains(link) || await server.OpenPageAsync(link, cancellation) is not { } page)
        {
            return;
        }

        _followed.Add(link);
        if (FormToken().Match(page) is { Success: true } token)
        {
            var random = SeededRandom.For(seed, $"decision {approval.Id}");
            var isYes = random.Chance(85);
            await server.SubmitAsync(link, new Dictionary<string, string>
            {
                ["_form"] = token.Groups[1].Value,
                ["decision"] = isYes ? "approve" : "reject",
                ["comment"] = isYes
                    ? random.Pick(["Agreed", "Fine for this customer", ""])
                    : random.Pick(["Too much", "Not at this margin", "Not now"]),
            }, cancellation);
        }
    }

    /// <summary>How long before the time is up they act; null for who lets it pass to the next level.</summary>
    private TimeSpan? AnswersWithin(ApiApproval approval, string person)
    {
        var random = SeededRandom.For(seed, $"patience {approval.Id} {person}");
        var isManager = policy.FindStaff(new StaffId(person))?.Role == StaffRole.Manager;
        return isManager && random.Chance(15) ? null : TimeSpan.FromMinutes(random.Between(60, 240));
    }

    [GeneratedRegex("name=\"_form\" value=\"([^\"]+)\"", RegexOptions.NonBacktracking)]
    private static partial Regex FormToken();
}
