using System.Text.Json.Serialization;

namespace SendGrid.Helpers.Mail;

public class TrackingSettings
{
    [JsonPropertyName("click_tracking")]
    public ClickTracking ClickTracking { get; set; }

    [JsonPropertyName("open_tracking")]
    public OpenTracking OpenTracking { get; set; }
}

public class ClickTracking
{
    [JsonPropertyName("enable")]
    public bool? Enable { get; set; }

    [JsonPropertyName("enable_text")]
    public bool? EnableText { get; set; }
}

public class OpenTracking
{
    [JsonPropertyName("enable")]
    public bool? Enable { get; set; }

    [JsonPropertyName("substitution_tag")]
    public string SubstitutionTag { get; set; }
}
