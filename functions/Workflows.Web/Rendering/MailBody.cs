using Microsoft.AspNetCore.Components;
using Workflows.Mails;

namespace Workflows.Web.Rendering;

/// <summary>How one sort of mail looks. The composer finds it by the record that it shows.</summary>
public abstract class MailBody<TMail> : ComponentBase where TMail : IMail
{
    /// <summary>What to say. Its texts come from outside; as content and attributes they are encoded.</summary>
    [Parameter, EditorRequired]
    public required TMail Mail { get; set; }
}
