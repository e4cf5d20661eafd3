using Workflows.Platform;

namespace Workflows.Mails;

/// <summary>
/// A mail as the business means it: a record beside the capability that sends it. How it looks is a Razor component
/// that the web layer keeps for each record type. Its texts come from outside and are encoded there.
/// </summary>
public interface IMail
{
    /// <summary>
    /// What sort of mail it is, such as <c>approval-requested</c>; shown and counted. The same for every mail of a
    /// type.
    /// </summary>
    string Kind { get; }

    /// <summary>One line; line breaks from outside are taken out by the composer.</summary>
    string Subject { get; }
}

/// <summary>
/// A mail to a buyer. Every other goes to a colleague, and may carry a link that decides.
/// </summary>
public interface IBuyerMail : IMail;

/// <summary>Turns a mail record into what goes out.</summary>
public interface IMailComposer
{
    /// <summary>Renders a mail.</summary>
    /// <param name="id">Deterministic id, derived from the instance and step that sends it.</param>
    /// <param name="about">Deal, review or other subject it belongs to.</param>
    /// <param name="to">The one recipient, who is kept with the mail.</param>
    /// <param name="mail">The record.</param>
    /// <param name="replyTo">Who answers are for; null is the company.</param>
    Task<OutgoingMail> ComposeAsync(string id, string about, Recipient to, IMail mail, MailParty? replyTo);
}
