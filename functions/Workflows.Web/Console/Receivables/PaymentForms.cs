using Microsoft.AspNetCore.Http;
using Workflows.Policies;
using Workflows.Receivables;
using Workflows.Web.Api.Receivables;
using Workflows.Web.Console.Shell;
using Workflows.Web.Forms;
using Workflows.Web.Keys;
using Workflows.Web.Problems;
using Workflows.Web.Requests;

namespace Workflows.Web.Console.Receivables;

/// <summary>Takes a payment in from a form, as the API does from a program.</summary>
internal sealed class PaymentForms(PaymentService service, PolicyStore policies, TimeProvider clock)
{
    /// <exception cref="ProblemException">The payment was not taken.</exception>
    public async Task<IResult> ReceiveAsync(FormBody form, Actor actor, CancellationToken cancellation)
    {
        var request = new FormRequest(form)
            .Text("reference")
            .Money("amount", "amount", form["currency"])
            .Text("invoice")
            .Text("valueDate")
            .Text("remitter")
            .Read<PaymentRequest>();
        var answer = await PaymentRoutes.ReceiveAsync(
            Body<PaymentRequest>.Of(request), actor, service, policies, clock, cancellation);
        return answer.Result;
    }
}
