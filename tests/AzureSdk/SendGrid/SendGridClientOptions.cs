using System.Net.Http.Headers;

namespace SendGrid;

public class SendGridClientOptions : BaseClientOptions
{
    private string _apiKey;

    public SendGridClientOptions() => Host = "https://api.sendgrid.com";

    public string ApiKey
    {
        get => _apiKey;
        set
        {
            _apiKey = string.IsNullOrWhiteSpace(value) ? throw new ArgumentNullException(nameof(value)) : value;
            Auth = new AuthenticationHeaderValue("Bearer", value);
        }
    }
}
