using Workflows.Web.Hosting.Problems;

namespace Workflows.Web.Hosting.Requests;

/// <summary>
/// Collects what makes no sense in a request beyond each member by itself; all of it is said at once.
/// </summary>
internal sealed class SemanticErrors
{
    private readonly List<ProblemError> _errors = [];

    public SemanticErrors Check(bool isFine, string pointer, string detail, ProblemType? type = null)
    {
        if (!isFine)
        {
            _errors.Add(new ProblemError(pointer, (type ?? ProblemType.Invalid).Slug, detail));
        }

        return this;
    }

    /// <exception cref="ProblemException">422, when there is any.</exception>
    public void ThrowIfAny()
    {
        if (_errors.Count > 0)
        {
            throw ProblemException.Of(_errors, ProblemType.Invalid);
        }
    }
}
