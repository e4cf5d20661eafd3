using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Workflows.Approvals;
using Workflows.Credit;
using Workflows.Effects;
using Workflows.Inquiries;
using Workflows.Lifecycle;
using Workflows.Lifecycle.Messages;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Receivables;
using Workflows.Reviews;
using Workflows.Sweeps;

namespace Workflows;

/// <summary>The business as a home takes it in.</summary>
public static class BusinessServices
{
    /// <summary>
    /// Adds the policy, everything that can be run (a <see cref="DurableCatalog"/>) and the services that people's
    /// requests go to. The home adds the Platform contracts, a <see cref="TimeProvider"/>, the mail composer, its
    /// public address and the key ring of approval links.
    /// </summary>
    public static IServiceCollection AddWorkflowsBusiness(this IServiceCollection services, Policy policy)
    {
        services.AddSingleton(new PolicyStore(policy));
        services.AddSingleton(new DurableCatalog().AddAssembly(typeof(BusinessServices).Assembly));
        services.TryAddSingleton(new EffectWait(TimeProvider.System));
        services.AddSingleton<LateMessages>();
        services.AddSingleton<MessageDigests>();
        services.AddSingleton<DoorDigests>();
        services.AddSingleton<InquiryService>();
        services.AddSingleton<DealService>();
        services.AddSingleton<IDealOwners, DealOwners>();
        services.AddSingleton<ApprovalService>();
        services.AddSingleton<IMailSecrets, ApprovalLinkSecrets>();
        services.AddSingleton<InvoiceService>();
        services.AddSingleton<IReopenedInvoices, ReopenedInvoices>();
        services.AddSingleton<PaymentService>();
        services.AddSingleton<ReviewService>();
        services.AddSingleton<AgeingReport>();
        services.AddSingleton<CreditReport>();
        services.AddSingleton<DealSweepServices>();
        services.AddSingleton<Sweep, ReceivableSweep>();
        services.AddSingleton<Sweep, ResponseSweep>();
        services.AddSingleton<Sweep, OtherDealsSweep>();
        services.AddSingleton<Sweeper>();
        return services;
    }
}
