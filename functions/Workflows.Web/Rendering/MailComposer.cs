using Microsoft.Extensions.DependencyInjection;
using Workflows.Mails;
using Workflows.Platform;

namespace Workflows.Web.Rendering;

/// <summary>
/// Renders a mail's component once; the plain text is read off the HTML, so that the two parts cannot disagree.
/// </summary>
internal sealed class MailComposer(IServiceScopeFactory scopes) : IMailComposer
{
    /// <inheritdoc/>
    public async Task<OutgoingMail> ComposeAsync(string id, string about, Recipient to, IMail mail, MailParty? replyTo)
    {
        // Rendering takes services that live for one request, and a mail is composed outside of any.
        await using var scope = scopes.CreateAsyncScope();
        var html = await HtmlPage.RenderAsync(scope.ServiceProvider, MailBodies.For(mail), new() { ["Mail"] = mail });
        var composed = new OutgoingMail(
            id,
            Safe(to.Party),
            HeaderText.Of(mail.Subject),
            PlainText.Of(html),
            html,
            mail.Kind,
            about,
            replyTo is null ? null : Safe(replyTo),
            to.Staff);
        composed.ThrowIfInvalid();
        return composed;
    }

    // An address is taken as it is or refused; only a display name may be tidied.
    private static MailParty Safe(MailParty party) => party with { Name = HeaderText.Of(party.Name) };
}
