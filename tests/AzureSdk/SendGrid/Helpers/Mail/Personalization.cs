using System.Text.Json.Serialization;

namespace SendGrid.Helpers.Mail;

public class Personalization
{
    [JsonPropertyName("to")]
    public List<EmailAddress> Tos { get; set; }
}
