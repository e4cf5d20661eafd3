using System.Xml;
using System.Xml.Linq;
using Azure.Core;

namespace Azure.Storage.Queues;

/// <summary>Reads the queue service's errors: <c>&lt;Error&gt;&lt;Code&gt;…&lt;/Code&gt;&lt;Message&gt;…&lt;/Message&gt;&lt;/Error&gt;</c>.</summary>
internal sealed class QueueErrorParser : RequestFailedDetailsParser
{
    public override bool TryParse(Response response, out ResponseError error, out IDictionary<string, string> data)
    {
        data = null;
        error = null;
        try
        {
            var root = XElement.Parse(response.Content.ToString().TrimStart('\uFEFF'));
            error = new ResponseError(root.Element("Code")?.Value, root.Element("Message")?.Value);
        }
        catch (XmlException)
        {
            if (response.Headers.TryGetValue("x-ms-error-code", out var code))
            {
                error = new ResponseError(code, response.ReasonPhrase);
            }
        }

        return error is not null;
    }
}
