using System.Text.Json.Serialization;
using Workflows.Policies;
using Workflows.Trade;

namespace Workflows.Approvals.Kinds;

/// <summary>What approvals are for. Written into JSON by name.</summary>
public enum ApprovalKind
{
    /// <summary>A discount.</summary>
    Discount,

    /// <summary>Credit beyond the limit.</summary>
    Credit,

    /// <summary>Giving up a receivable.</summary>
    WriteOff,
}

/// <summary>What the limits of authority of a kind count.</summary>
public enum LimitUnit
{
    /// <summary>Per cent of the list price.</summary>
    Percent,

    /// <summary>An amount in the company's base currency.</summary>
    BaseCurrency,
}

/// <summary>What is known of a kind without its subject.</summary>
public static class ApprovalKinds
{
    /// <summary>What the limits of its levels count.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is no kind.</exception>
    public static LimitUnit LimitUnit(this ApprovalKind kind) => kind switch
    {
        ApprovalKind.Discount => Kinds.LimitUnit.Percent,
        ApprovalKind.Credit or ApprovalKind.WriteOff => Kinds.LimitUnit.BaseCurrency,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Nobody says what its limits count."),
    };
}

/// <summary>
/// What an approval is about, as plain values: ids, amounts, and reasons as a rule gave them. An orchestration sends
/// these and no words, so that a changed word changes no history; words and levels follow from them when the approval
/// is opened. There is one derived record for each kind.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(DiscountSubject), nameof(ApprovalKind.Discount))]
[JsonDerivedType(typeof(CreditSubject), nameof(ApprovalKind.Credit))]
[JsonDerivedType(typeof(WriteOffSubject), nameof(ApprovalKind.WriteOff))]
public abstract record ApprovalSubject
{
    private protected ApprovalSubject(ApprovalKind kind) => Kind = kind;

    /// <summary>The kind. The JSON has it as its tag.</summary>
    [JsonIgnore]
    public ApprovalKind Kind { get; }

    /// <summary>The levels of the policy that may decide it, lowest first; empty when nobody may.</summary>
    internal abstract IReadOnlyList<ApprovalLevel> LevelsBy(Policy policy);

    /// <summary>One line: what is asked.</summary>
    internal abstract string Heading();

    /// <summary>What the approver must see to decide, in order.</summary>
    internal abstract IReadOnlyList<ApprovalFact> Facts(SubjectContext context);

    /// <summary>A text of this kind.</summary>
    protected string Text(string key, params object?[] values) => ApprovalTexts.Get($"{Kind}.{key}", values);

    /// <summary>A fact whose name is a text of this kind.</summary>
    protected ApprovalFact Fact(string key, string value) => new(Text(key), value);

    /// <inheritdoc cref="Fact(string, string)"/>
    protected ApprovalFact Fact(string key, Money value) => Fact(key, value.ToString());
}

/// <summary>What facts may follow from besides the subject's own values.</summary>
/// <param name="Today">In the company's zone.</param>
internal sealed record SubjectContext(Policy Policy, StaffId Requester, DateOnly Today);
