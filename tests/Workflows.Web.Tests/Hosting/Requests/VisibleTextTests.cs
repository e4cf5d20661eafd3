using System.Net;
using System.Text.Json;

namespace Workflows.Web.Tests.Hosting.Requests;

/// <summary>A name that nobody can see is no name.</summary>
public sealed class VisibleTextTests(WebHome home) : IClassFixture<WebHome>
{
    [Theory]
    [InlineData("\u200b")] // zero width space
    [InlineData("\u200d\u2060\ufeff")] // joiners
    [InlineData("\u00ad\u200e")] // soft hyphen, direction mark
    [InlineData("\u00a0\u3000\u180e")] // blanks
    [InlineData("\u2800")] // braille without dots
    [InlineData("\u3164\u115f\u1160\uffa0")] // fillers of Hangul
    [InlineData("\ufe0f\u034f")] // variation selector, grapheme joiner
    [InlineData("\U000e0041\U000e0042")] // tags
    [InlineData("\u0301\u0302")] // accents without a letter
    public async Task Names_of_nothing_that_can_be_seen_are_refused(string name)
    {
        var inquiry = JsonSerializer.Serialize(new
        {
            source = "fair",
            buyer = new { name, email = "bo@li-trading.com" },
            message = "Valves",
        });
        var answer = await home.Admin.SendAsync(WebHome.Post("/api/inquiries", inquiry, "key-of-nothing-to-see"));

        var problem = await answer.ProblemAsync(HttpStatusCode.UnprocessableEntity, "text-invalid");
        Assert.Equal(["/buyer/name"], problem.Pointers());
    }

    [Theory]
    [InlineData("José")] // an accent of its own
    [InlineData("می‌خواهم")] // a joiner between letters, as Persian writes it
    [InlineData("Zoë 👩‍🏭")]
    [InlineData("李")]
    public async Task Names_that_can_be_seen_are_taken_whatever_stands_between_their_letters(string name)
    {
        var inquiry = JsonSerializer.Serialize(new
        {
            source = "fair",
            buyer = new { name, email = "bo@li-trading.com" },
            message = "Valves",
        });
        var key = "key-visible-" + Convert.ToHexString(System.Text.Encoding.UTF8.GetBytes(name));
        var answer = await home.Admin.SendAsync(WebHome.Post("/api/inquiries", inquiry, key));

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
    }
}
