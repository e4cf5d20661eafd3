using System.Globalization;

namespace Workflows.Engine.Tables;

/// <summary>A stored row's version and the ETag that shows it.</summary>
internal static class RowVersion
{
    public static string ToETag(long version) => string.Create(CultureInfo.InvariantCulture, $"W/\"{version:x}\"");
}
