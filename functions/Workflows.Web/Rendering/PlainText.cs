using System.Net;
using System.Text;

namespace Workflows.Web.Rendering;

/// <summary>
/// The text part of a mail, read off its HTML. It reads our own components' markup only: everything from outside is
/// encoded in it, so each angle bracket is ours.
/// </summary>
internal sealed class PlainText
{
    private readonly StringBuilder _text = new();
    private string _quote = "";
    private string? _link;
    private int _linkStart;
    private bool _isPreformatted;
    private bool _rowHasHeading;
    private int _cells;

    private PlainText()
    {
    }

    /// <summary>The text that a reader of the HTML sees, with the addresses of its links.</summary>
    public static string Of(string html)
    {
        var reader = new PlainText();
        reader.Read(html);
        return reader.Finish();
    }

    private void Read(string html)
    {
        var position = Math.Max(0, html.IndexOf("<body", StringComparison.Ordinal));
        while (position < html.Length)
        {
            var open = html.IndexOf('<', position);
            Append(html.AsSpan(position, (open < 0 ? html.Length : open) - position));
            if (open < 0)
            {
                return;
            }

            var close = html.IndexOf('>', open);
            var tag = html[(open + 1)..close];
            position = close + 1;
            if (tag.Contains("aria-hidden=\"true\"", StringComparison.Ordinal))
            {
                // Decoration, and the preheader, which only repeats. Such elements hold no element of their own name.
                var end = $"</{Name(tag)}>";
                position = html.IndexOf(end, position, StringComparison.Ordinal) + end.Length;
            }
            else
            {
                Take(tag);
            }
        }
    }

    private void Take(string tag)
    {
        switch (Name(tag))
        {
            case "br":
                NewLine();
                break;
            case "tr":
                EndLine();
                (_cells, _rowHasHeading) = (0, false);
                break;
            case "th" or "td":
                _text.Append(_cells++ == 0 || IsAtLineStart ? "" : _rowHasHeading ? ": " : "   ");
                _rowHasHeading = Name(tag) == "th" && tag.Contains("scope=\"row\"", StringComparison.Ordinal);
                break;
            case "li":
                EndLine();
                _text.Append("- ");
                break;
            case "p" or "h1" or "h2" or "table" or "/table" or "ul" or "/ul":
                EndParagraph();
                break;
            case "pre":
                EndParagraph();
                (_isPreformatted, _quote) = (true, "> ");
                _text.Append(_quote);
                break;
            case "/pre":
                (_isPreformatted, _quote) = (false, "");
                EndParagraph();
                break;
            case "a":
                (_link, _linkStart) = (Attribute(tag, "href"), _text.Length);
                break;
            case "/a":
                EndLink();
                break;
        }
    }

    private bool IsAtLineStart => _text.Length == 0 || _text[^1] == '\n';

    private void Append(ReadOnlySpan<char> encoded)
    {
        foreach (var c in WebUtility.HtmlDecode(encoded.ToString()))
        {
            if (_isPreformatted && c == '\n')
            {
                NewLine();
            }
            else if (!_isPreformatted && c is ' ' or '\n' or '\t' or '\r')
            {
                if (!IsAtLineStart && _text[^1] != ' ')
                {
                    _text.Append(' ');
                }
            }
            else if (c != '\r')
            {
                _text.Append(c);
            }
        }
    }

    private void NewLine() => _text.Append('\n').Append(_quote);

    private void EndLine()
    {
        Trim();
        if (!IsAtLineStart)
        {
            _text.Append('\n');
        }
    }

    private void EndParagraph()
    {
        EndLine();
        if (_text.Length > 1 && _text[^2] != '\n')
        {
            _text.Append('\n');
        }
    }

    private void EndLink()
    {
        var words = _text.ToString(_linkStart, _text.Length - _linkStart).Trim();
        if (_link is { } link && link != words && link != "mailto:" + words)
        {
            _text.Append(": ").Append(link);
        }

        _link = null;
    }

    private void Trim()
    {
        while (_text.Length > 0 && _text[^1] == ' ')
        {
            _text.Length--;
        }
    }

    private string Finish() => _text.ToString().Trim() + "\n";

    private static string Name(string tag)
    {
        var end = tag.IndexOfAny([' ', '\n', '\t', '\r']);
        return (end < 0 ? tag : tag[..end]).TrimEnd('/').ToLowerInvariant();
    }

    private static string? Attribute(string tag, string name)
    {
        var start = tag.IndexOf($" {name}=\"", StringComparison.Ordinal);
        if (start < 0)
        {
            return null;
        }

        start += name.Length + 3;
        return WebUtility.HtmlDecode(tag[start..tag.IndexOf('"', start)]);
    }
}
