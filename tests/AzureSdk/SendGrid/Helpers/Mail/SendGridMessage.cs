using System.Text.Json;
using System.Text.Json.Serialization;

namespace SendGrid.Helpers.Mail;

public class SendGridMessage
{
    private static readonly JsonSerializerOptions Json = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    [JsonPropertyName("from")]
    public EmailAddress From { get; set; }

    [JsonPropertyName("subject")]
    public string Subject { get; set; }

    [JsonPropertyName("personalizations")]
    public List<Personalization> Personalizations { get; set; }

    [JsonPropertyName("content")]
    public List<Content> Contents { get; set; }

    [JsonIgnore]
    public string PlainTextContent { get; set; }

    [JsonIgnore]
    public string HtmlContent { get; set; }

    [JsonPropertyName("headers")]
    public Dictionary<string, string> Headers { get; set; }

    [JsonPropertyName("custom_args")]
    public Dictionary<string, string> CustomArgs { get; set; }

    [JsonPropertyName("mail_settings")]
    public MailSettings MailSettings { get; set; }

    [JsonPropertyName("tracking_settings")]
    public TrackingSettings TrackingSettings { get; set; }

    [JsonPropertyName("reply_to")]
    public EmailAddress ReplyTo { get; set; }

    public void AddTo(EmailAddress email, int personalizationIndex = 0, Personalization personalization = null)
    {
        ArgumentNullException.ThrowIfNull(email);
        Personalizations ??= [];
        if (personalization is not null)
        {
            Personalizations.Add(personalization);
        }
        else
        {
            if (personalizationIndex == Personalizations.Count)
            {
                Personalizations.Add(new Personalization());
            }

            personalization = Personalizations[personalizationIndex];
        }

        personalization.Tos ??= [];
        personalization.Tos.Add(email);
    }

    public void SetClickTracking(bool enable, bool enableText)
    {
        TrackingSettings ??= new TrackingSettings();
        TrackingSettings.ClickTracking = new ClickTracking { Enable = enable, EnableText = enableText };
    }

    public void SetOpenTracking(bool enable, string substitutionTag = null)
    {
        TrackingSettings ??= new TrackingSettings();
        TrackingSettings.OpenTracking = new OpenTracking { Enable = enable, SubstitutionTag = substitutionTag };
    }

    public void SetSandBoxMode(bool enable)
    {
        MailSettings ??= new MailSettings();
        MailSettings.SandboxMode = new SandboxMode { Enable = enable };
    }

    /// <summary>The request's body; the plain text goes before the HTML, as the service demands.</summary>
    public string Serialize(bool useDefaultSerialization = true)
    {
        if (PlainTextContent is not null || HtmlContent is not null)
        {
            Contents = [];
            AddContent("text/plain", PlainTextContent);
            AddContent("text/html", HtmlContent);
            (PlainTextContent, HtmlContent) = (null, null);
        }

        // Both ways of the package write the same JSON.
        _ = useDefaultSerialization;
        return JsonSerializer.Serialize(this, Json);
    }

    private void AddContent(string type, string text)
    {
        if (text is not null)
        {
            Contents.Add(new Content(type, text));
        }
    }
}
