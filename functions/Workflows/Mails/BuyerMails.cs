using System.Collections.Frozen;
using System.Runtime.CompilerServices;

namespace Workflows.Mails;

/// <summary>Which kinds of mails go to buyers: a mail that was sent is known by its kind alone.</summary>
public static class BuyerMails
{
    private static readonly FrozenSet<string> Kinds = typeof(BuyerMails).Assembly.GetTypes()
        .Where(type => type is { IsAbstract: false } && type.IsAssignableTo(typeof(IBuyerMail)))
        .Select(KindOf)
        .ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether a mail of this kind goes to a buyer.</summary>
    public static bool Includes(string kind) => Kinds.Contains(kind);

    // A kind is the same for every mail of its type, so it is read without one.
    private static string KindOf(Type type) => ((IMail)RuntimeHelpers.GetUninitializedObject(type)).Kind;
}
