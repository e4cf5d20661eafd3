using Workflows.Trade;
using Workflows.Web.Hosting.Problems;

namespace Workflows.Web.Hosting.Requests;

/// <summary>
/// Collects what is wrong with a request, written in JSON or in a form: its shape (400) before its sense (422).
/// </summary>
internal sealed class RequestErrors
{
    private readonly List<ProblemError> _shape = [];
    private readonly List<ProblemError> _sense = [];

    public IReadOnlyList<ProblemError> All => [.. _shape, .. _sense];

    public int Count => _shape.Count + _sense.Count;

    public bool IsFull => Count >= BodyLimits.Errors;

    public void AddShape(string pointer, ProblemType type, string detail) =>
        _shape.Add(new(pointer, type.Slug, detail));

    public void AddSense(string pointer, ValidationError error) =>
        _sense.Add(new(pointer, error.Type.Slug, error.Detail));

    /// <exception cref="ProblemException">400 or 422, with a pointer to each error.</exception>
    public void ThrowIfAny()
    {
        if (_shape.Count > 0)
        {
            throw ProblemException.Of(_shape, ProblemType.WrongType);
        }

        if (_sense.Count > 0)
        {
            throw ProblemException.Of(_sense, ProblemType.Invalid);
        }
    }

    /// <summary>Checks a plain value.</summary>
    /// <param name="text">As it is written; null when it has not even the right type.</param>
    public bool Accepts(Scalar scalar, string? text, string pointer, IReadOnlyList<RuleAttribute> rules)
    {
        if (text is null || !scalar.Fits(text))
        {
            AddShape(pointer, ProblemType.WrongType, $"Must be {scalar.Expected}.");
            return false;
        }

        IReadOnlyList<RuleAttribute> applied =
            scalar.IsText && !rules.Any(rule => rule is TextRuleAttribute) ? [.. rules, LineAttribute.Default] : rules;
        var error = scalar.ValidationError(text)
            ?? applied.Select(rule => rule.ValidationError(text)).FirstOrDefault(broken => broken is not null);
        if (error is not null)
        {
            AddSense(pointer, error);
        }

        return error is null;
    }

    /// <summary>Checks an amount, once it is known to be text in a currency that exists.</summary>
    public bool AcceptsAmount(string amount, string currency, string pointer, IReadOnlyList<RuleAttribute> rules)
    {
        var finer = rules.Any(rule => rule is PerUnitAttribute) ? Money.PriceDecimals : 0;
        var errors = MoneyShape.ValidationError(amount, currency, finer) is { } error
            ? [error]
            : rules.Select(rule => rule.ValidationError(amount)).OfType<ValidationError>().ToList();
        errors.ForEach(each => AddSense(pointer + "/amount", each));
        return errors.Count == 0;
    }
}
