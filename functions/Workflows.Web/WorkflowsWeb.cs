using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Workflows.Mails;
using Workflows.Web.Customers;
using Workflows.Web.Deals;
using Workflows.Web.Hosting;
using Workflows.Web.Hosting.Assets;
using Workflows.Web.Hosting.Health;
using Workflows.Web.Hosting.Idempotency;
using Workflows.Web.Hosting.Keys;
using Workflows.Web.Hosting.OpenApi;
using Workflows.Web.Hosting.Problems;
using Workflows.Web.Hosting.Requests;
using Workflows.Web.Hosting.Rows;
using Workflows.Web.Hosting.Security;
using Workflows.Web.Hosting.Sessions;
using Workflows.Web.Inquiries.Webhooks;
using Workflows.Web.Mail;
using Workflows.Web.Operations;
using Workflows.Web.Payments;
using Workflows.Web.Quotations;
using Workflows.Web.Receivables;
using Workflows.Web.Rendering;

namespace Workflows.Web;

/// <summary>The web layer's two calls for a home.</summary>
public static class WorkflowsWeb
{
    /// <summary>
    /// Adds what the routes need. The home has registered the Platform contracts (<c>ITableStore</c>,
    /// <c>IMailOutbox</c>,
    /// <c>IOrchestrationClient</c>), a <see cref="TimeProvider"/>, and the business with its policy.
    /// </summary>
    /// <exception cref="FormatException">
    /// The webhook settings are not usable; says which and why. Thrown at the first use, which is the start.
    /// </exception>
    public static IServiceCollection AddWorkflowsWeb(this IServiceCollection services, WebOptions options)
    {
        services.AddSingleton(options);
        services.TryAddSingleton(new PublicAddress(options.PublicAddress));
        services.AddSingleton<ProblemWriter>();
        services.Configure<JsonOptions>(json => WebJson.Configure(json.SerializerOptions));

        // The framework logs whole addresses, and some of ours carry tokens. A form's cookie that is not ours is the
        // sender's mistake, answered and not logged; the framework writes an error with its stack for each.
        services.AddLogging(logging => logging
            .AddFilter("Microsoft.AspNetCore", LogLevel.Warning)
            .AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.None));

        AddKeys(services, options);
        AddWebhooks(services, options);
        RateLimits.Add(services, options.RateLimits);
        RequestLimits.Add(services, options.RateLimits);
        services.AddSingleton(_ => new RefusalDelay(options.RateLimits));
        services.AddRawBodies(options);
        services.AddSingleton<OpenConnections>();
        ApiDescription.Add(services, options.PublicAddress);
        services.AddSingleton<IMailComposer, MailComposer>();
        services.AddSingleton<RowOwners>();
        services.AddSingleton<VisiblePages>();
        services.AddSingleton<VisibleRows>();
        services.AddSingleton<VisibleCredit>();
        services.AddSingleton<DealReader>();
        services.AddSingleton<DealAnswers>();
        services.AddSingleton<DealCommands>();
        services.AddSingleton<QuotationCommands>();
        services.AddSingleton<InvoiceCommands>();
        services.AddSingleton<PaymentCommands>();
        services.AddSingleton<CustomerCommands>();
        services.AddSingleton<DeadLetterCommands>();
        services.AddSingleton<PoisonMessages>();
        services.AddSingleton<AdminLog>();
        services.AddSingleton<MailCommands>();
        services.AddSingleton<InstanceCommands>();
        ConsoleRoutes.Add(services);

        // Probes, keys and sessions are about people who wait and run on real time, whatever clock the business runs
        // on.
        services.AddSingleton(
            provider => ActivatorUtilities.CreateInstance<Readiness>(provider, TimeProvider.System));
        services.AddSingleton(
            provider => ActivatorUtilities.CreateInstance<IdempotencyKeys>(provider, TimeProvider.System));
        services.AddHostedService(
            provider => ActivatorUtilities.CreateInstance<ExpirySweeper>(provider, TimeProvider.System));
        return services;
    }

    /// <summary>
    /// Puts the whole pipeline on an application: headers, problems, limits, keys, and every route of the product.
    /// </summary>
    public static IApplicationBuilder MapWorkflows(this IApplicationBuilder app)
    {
        // Settings that cannot work stop the start, not the first delivery.
        _ = app.ApplicationServices.GetRequiredService<WebhookSources>();
        app.Use(OpenConnections.WorkAsync);
        PublicOrigin.Use(app);
        app.Use(RequestIds.TraceAsync);
        app.Use(async (context, next) =>
        {
            SecurityHeaders.Set(context);
            await next(context);
        });
        app.UseMiddleware<ProblemMiddleware>();
        app.Use(HeaderLimits.RefuseTooMuchAsync);
        app.UseRouting();
        app.UseRequestTimeouts();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.Use(Csrf.RefuseOtherSitesAsync);
        app.UseAuthorization();
        app.Use(RowGuard.CheckAsync);
        app.Use(RequestFingerprint.KeepBodyAsync);
        app.UseEndpoints(MapRoutes);
        return app;
    }

    /// <summary>The route table.</summary>
    internal static void MapRoutes(IEndpointRouteBuilder routes)
    {
        HealthRoutes.Map(routes.MapGroup("").HasNoRow("Says only whether the home works."));
        WebhookEndpoints.Map(routes.MapGroup("").HasNoRow("Platforms prove themselves by a signature."));
        SignInRoutes.Map(routes.MapGroup("").HasNoRow("Proves who one is."));
        var unchanging = routes.MapGroup("").HasNoRow("The same for everybody.");
        ProblemRoutes.Map(unchanging);
        AssetRoutes.Map(unchanging);
        DescriptionRoute.Map(unchanging);
        ApiRoutes.Map(routes);
        ConsoleRoutes.Map(routes);
        foreach (var home in routes.ServiceProvider.GetServices<IHomeRoutes>())
        {
            home.Map(routes);
        }
    }

    private static void AddKeys(IServiceCollection services, WebOptions options)
    {
        var isHttps = options.PublicAddress.Scheme == Uri.UriSchemeHttps;
        services.AddSingleton<ApiKeys>();
        services.AddSingleton<FormerStaff>();
        services.AddSingleton<Admission>();
        services.AddSingleton<OpenSessions>();
        services.AddAuthentication(BearerAuthentication.Either)
            .AddPolicyScheme(
                BearerAuthentication.Either, null,
                scheme => scheme.ForwardDefaultSelector = BearerAuthentication.Choose)
            .AddScheme<AuthenticationSchemeOptions, BearerAuthentication>(BearerAuthentication.SchemeName, null)
            .AddCookie(cookie => Session.Configure(cookie, isHttps));
        services.AddAuthorization(Access.AddPolicies);
        services.AddAntiforgery(antiforgery =>
        {
            antiforgery.FormFieldName = Csrf.Field;
            antiforgery.Cookie.Name = isHttps ? "__Host-workflows-form" : "workflows-form";

            // Lax: a visit from a mail's link keeps the cookie it finds, so that forms open in other windows stay good.
            antiforgery.Cookie.SameSite = SameSiteMode.Lax;
            antiforgery.Cookie.HttpOnly = true;
            antiforgery.Cookie.Path = "/";
            antiforgery.Cookie.SecurePolicy = isHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
            antiforgery.SuppressXFrameOptionsHeader = true;
        });
        var protection = services.AddDataProtection().SetApplicationName("workflows");
        if (options.KeyDirectory is { } directory)
        {
            protection.PersistKeysToFileSystem(new DirectoryInfo(directory));
        }
        else if (!options.HomeKeepsKeys)
        {
            protection.UseEphemeralDataProtectionProvider();
        }
    }

    private static void AddWebhooks(IServiceCollection services, WebOptions options)
    {
        WebhookSchemes.Add(services);
        services.AddSingleton(
            provider => new WebhookSources(options.Webhooks, provider.GetServices<IWebhookAdapter>()));
        services.AddSingleton<WebhookInbox>();
        services.AddSingleton<DeadLetters>();
        services.AddSingleton<WebhookCounters>();
        services.AddSingleton<EventCopies>();
        services.AddSingleton<EventTurns>();
        services.AddSingleton(_ => new WebhookGate(options.RateLimits));
        services.AddSingleton<WebhookEntrance>();
        services.AddSingleton<WebhookReceiver>();
        services.TryAddSingleton<IInquiryIntake, DirectIntake>();
        services.AddSingleton(provider => new WebhookRetention(
            provider.GetRequiredService<WebhookSources>(),
            provider.GetRequiredService<WebhookInbox>(),
            provider.GetRequiredService<DeadLetters>()));
    }
}
