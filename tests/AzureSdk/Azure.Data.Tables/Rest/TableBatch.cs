using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Azure.Core;

namespace Azure.Data.Tables;

/// <summary>An entity group transaction: requests in one multipart request, answers in one multipart answer.</summary>
internal sealed class TableBatch
{
    private const string Line = "\r\n";

    private readonly string _boundary = "batch_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
    private readonly string _changeSet = "changeset_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
    private readonly MemoryStream _parts = new();

    public void Add(Request request)
    {
        Write($"--{_changeSet}{Line}Content-Type: application/http{Line}Content-Transfer-Encoding: binary{Line}{Line}");
        Write($"{request.Method} {request.Uri} HTTP/1.1{Line}");
        foreach (var header in request.Headers)
        {
            Write($"{header.Name}: {header.Value}{Line}");
        }

        Write(Line);
        request.Content?.WriteTo(_parts, CancellationToken.None);
        Write(Line);
    }

    public HttpMessage ToMessage(TableRequests requests)
    {
        Write($"--{_changeSet}--{Line}");
        var head = $"--{_boundary}{Line}Content-Type: multipart/mixed; boundary={_changeSet}{Line}{Line}";
        byte[] content = [.. Encoding.UTF8.GetBytes(head), .. _parts.ToArray(), .. Encoding.UTF8.GetBytes($"--{_boundary}--{Line}")];
        return requests.Batch(_boundary, content);
    }

    /// <summary>The answers in order; when the batch failed, the one that says why.</summary>
    public static List<Response> ReadAnswers(Response answer)
    {
        var answers = new List<Response>();
        var text = answer.Content.ToString();
        for (var start = text.IndexOf("HTTP/1.1 ", StringComparison.Ordinal); start >= 0;)
        {
            var next = text.IndexOf("HTTP/1.1 ", start + 1, StringComparison.Ordinal);
            answers.Add(ReadAnswer(next < 0 ? text[start..] : text[start..next]));
            start = next;
        }

        return answers;
    }

    private static BatchedResponse ReadAnswer(string text)
    {
        var headAndBody = text.Split(Line + Line, 2);
        var lines = headAndBody[0].Split(Line);
        var status = lines[0].Split(' ', 3);
        var headers = lines.Skip(1)
            .Select(line => line.Split(':', 2))
            .Where(pair => pair.Length == 2)
            .ToDictionary(pair => pair[0], pair => pair[1].Trim(), StringComparer.OrdinalIgnoreCase);

        // After the body comes the boundary of the next part.
        var body = headAndBody.ElementAtOrDefault(1)?.Split(Line + "--", 2)[0] ?? "";
        return new BatchedResponse(int.Parse(status[1], CultureInfo.InvariantCulture), status.ElementAtOrDefault(2), headers, body);
    }

    private void Write(string text) => _parts.Write(Encoding.UTF8.GetBytes(text));
}
