using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Azure.Functions.Worker.Builder;

public static class FunctionsApplicationBuilderAspNetCoreExtensions
{
    public static FunctionsApplicationBuilder ConfigureFunctionsWebApplication(this FunctionsApplicationBuilder builder)
    {
        // What the package's web host brings.
        builder.Services.AddRouting();
        var diagnostics = new System.Diagnostics.DiagnosticListener("Microsoft.AspNetCore");
        builder.Services.AddSingleton(diagnostics);
        builder.Services.AddSingleton<System.Diagnostics.DiagnosticSource>(diagnostics);
        return builder;
    }
}
