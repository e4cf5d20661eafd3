namespace Workflows.Web.Hosting.Requests;

/// <summary>
/// Says of a query parameter that it is the name of an enumeration's value, see <see cref="Paging.ChoiceOf"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter)]
internal sealed class ChoiceAttribute(Type of) : Attribute
{
    public Type Of { get; } = of;
}
