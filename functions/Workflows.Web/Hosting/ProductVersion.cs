using System.Reflection;

namespace Workflows.Web.Hosting;

/// <summary>The version of the product that runs.</summary>
public static class ProductVersion
{
    /// <summary>As semantic versioning writes it, such as <c>1.0.0</c>.</summary>
    public static string Text { get; } =
        typeof(
            ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
}
