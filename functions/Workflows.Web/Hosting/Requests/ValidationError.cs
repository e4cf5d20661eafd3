using Workflows.Web.Hosting.Problems;

namespace Workflows.Web.Hosting.Requests;

/// <summary>Why a value makes no sense.</summary>
/// <param name="Type">The kind of problem it would be by itself.</param>
/// <param name="Detail">For a person; never repeats the value.</param>
internal sealed record ValidationError(ProblemType Type, string Detail);
