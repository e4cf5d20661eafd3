using System.Globalization;

namespace Workflows.Engine.Tables;

/// <summary>The version of a stored row as an ETag.</summary>
internal static class RowVersion
{
    public static string ToETag(long version) => string.Create(CultureInfo.InvariantCulture, $"W/\"{version:x}\"");
}
