using System.Globalization;
using Workflows.Activities;
using Workflows.Calendars;
using Workflows.Mails;
using Workflows.Platform;
using Workflows.Policies;
using Workflows.Records;

namespace Workflows.Reviews;

/// <summary>Which month's review to send.</summary>
internal sealed record SendReviewInput(string Month);

/// <summary>How many were notified.</summary>
internal sealed record SendReviewResult(int MailsSent);

/// <summary>
/// Mails the kept review to managers and directors. Mail ids follow from the step, so a second run sends nothing twice.
/// </summary>
internal sealed class SendReview(PolicyStore policies, IMailComposer composer, PublicAddress address)
    : BusinessActivity<SendReview, SendReviewInput, SendReviewResult>
{
    private static readonly string[] HeadFigures =
    [
        "valid-inquiries", "orders-won", "order-value", "period-conversion", "response-rate", "average-order-value",
        "discount-rate", "cash-received", "overdue", "dso",
    ];

    public override async Task<SendReviewResult> RunAsync(ActivityContext context, SendReviewInput input)
    {
        var review = await ReviewRepository.FindAsync(context.Tables, input.Month, context.Stopping)
            ?? throw new InvalidOperationException($"There is no review of {input.Month} to send.");
        var readers = policies.Current.Staff
            .Where(member => member.Role is StaffRole.Manager or StaffRole.Director).ToList();
        foreach (var reader in readers)
        {
            var mail = await composer.ComposeAsync(
                $"{ActivityKey.Of(context)}:{reader.Id}",
                $"review-{input.Month}",
                reader.Recipient(),
                Compose(review.Report, reader.Name),
                replyTo: null);
            await context.Mail.EnqueueAsync(mail, context.Stopping);
        }

        return new SendReviewResult(readers.Count);
    }

    private ReviewReady Compose(ReviewReport report, string reader)
    {
        return new ReviewReady(
            reader,
            report.Month,
            NameOf(report.Month),
            report.IsProvisional,
            LocalTime.Text(report.FactsUntil, BusinessCalendar.Zone(report.TimeZone)),
            [.. HeadFigures.Select(key => report.Kpis.First(kpi => kpi.Key == key))],
            [.. report.Salespeople.Select(person => Line(person, report))],
            report.Best is { } best ? $"{best.Name}: {best.OrdersWon} orders, {best.WonValue}" : null,
            address.Link($"/reviews/{report.Month}"));
    }

    private static string NameOf(string month) => Month.TryParse(month, out var parsed)
        ? parsed.FirstDay.ToString("MMMM yyyy", CultureInfo.InvariantCulture)
        : month;

    private static ReviewLine Line(ScopeFigures person, ReviewReport report)
    {
        var kpis = KpiCatalog.Of(person.Figures, report.Currency).ToDictionary(kpi => kpi.Key, kpi => kpi.Text);
        return new ReviewLine(
            person.Name, kpis["valid-inquiries"], kpis["period-conversion"], kpis["orders-won"], kpis["order-value"]);
    }
}
