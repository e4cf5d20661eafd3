using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Workflows.Platform;

namespace Workflows.Azure.Serving;

/// <summary>
/// The keys of the console's sessions and forms, in the table <c>SessionKeys</c>, so that every instance of the app
/// reads the same ones. A reader of this table can sign in as anybody: only the app's identity may read it.
/// </summary>
internal sealed class SessionKeys(ITableStore tables) : IXmlRepository
{
    private const string Table = "SessionKeys";
    private const string Partition = "keys";

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        var page = Wait(() => tables.QueryAsync(Table, TableQuery.Of(Partition)));
        return [.. page.Items.Select(row => XElement.Parse(row.RequiredText("Xml")))];
    }

    public void StoreElement(XElement element, string friendlyName) => Wait(() => tables.UpsertAsync(
        Table, new TableRow(Partition, friendlyName) { ["Xml"] = element.ToString(SaveOptions.DisableFormatting) }));

    // The framework's contract is synchronous; it asks at the first use and once a day. Begun on a thread of its own,
    // so that nobody's synchronization context is waited for.
    private static T Wait<T>(Func<Task<T>> begin) => Task.Run(begin).GetAwaiter().GetResult();
}
