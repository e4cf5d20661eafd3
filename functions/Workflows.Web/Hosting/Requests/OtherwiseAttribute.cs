namespace Workflows.Web.Hosting.Requests;

/// <summary>
/// Says which members stand in for one that a record needs and another system did not send: the first that is there.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
internal sealed class OtherwiseAttribute(params string[] members) : Attribute
{
    public IReadOnlyList<string> Members { get; } = members;
}
