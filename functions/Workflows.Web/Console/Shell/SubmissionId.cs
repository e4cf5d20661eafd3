using System.Reflection;
using Microsoft.AspNetCore.Http;
using Workflows.Web.Forms;
using Workflows.Web.Idempotency;
using Workflows.Web.Keys;
using Workflows.Web.Problems;

namespace Workflows.Web.Console.Shell;

/// <summary>Names what a form does: the same for a second click on its button, and another for every form that is drawn.</summary>
internal sealed record SubmissionId(OperationId Operation) : IBindableFromHttpContext<SubmissionId>
{
    public static async ValueTask<SubmissionId?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var number = (await FormBody.ReadAsync(context))["submission"];
        if (number.Length != 32 || !number.All(char.IsAsciiHexDigitLower))
        {
            throw new ProblemException(ProblemType.CsrfFailed);
        }

        return new SubmissionId(OperationId.Of($"{Actor.KeyIdOf(context.User)} form {number}"));
    }
}
