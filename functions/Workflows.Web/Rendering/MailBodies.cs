using System.Collections.Frozen;
using Workflows.Mails;

namespace Workflows.Web.Rendering;

/// <summary>Which component shows which mail: each says so by the <see cref="MailBody{TMail}"/> it is.</summary>
internal static class MailBodies
{
    private static readonly FrozenDictionary<Type, Type> ByMail = typeof(MailBodies).Assembly.GetTypes()
        .Where(type => !type.IsAbstract)
        .Select(type => (Body: type, Mail: MailOf(type)))
        .Where(pair => pair.Mail is not null)
        .ToFrozenDictionary(pair => pair.Mail!, pair => pair.Body);

    /// <summary>The component of a mail.</summary>
    /// <exception cref="InvalidOperationException">Nobody has drawn this mail yet.</exception>
    public static Type For(IMail mail) => Find(mail.GetType())
        ?? throw new InvalidOperationException($"There is no component for the mail {mail.GetType().Name}.");

    /// <summary>The component of a mail's type, or null.</summary>
    public static Type? Find(Type mail) => ByMail.GetValueOrDefault(mail);

    private static Type? MailOf(Type type)
    {
        for (var ancestor = type.BaseType; ancestor is not null; ancestor = ancestor.BaseType)
        {
            if (ancestor.IsGenericType && ancestor.GetGenericTypeDefinition() == typeof(MailBody<>))
            {
                return ancestor.GetGenericArguments()[0];
            }
        }

        return null;
    }
}
