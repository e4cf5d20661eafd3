using System.Globalization;
using Workflows.Lifecycle;
using Workflows.Orders;
using Workflows.Web.Layout;
using Workflows.Web.Rendering;

namespace Workflows.Web.Deals;

/// <summary>How a deal stands, in words.</summary>
internal static class DealText
{
    private static readonly TextResources Texts = new(typeof(DealText));

    /// <summary>What it waits for, in the middle of a sentence.</summary>
    public static string For(Waiting waiting) => waiting switch
    {
        { DiscountPercent: { } percent } => Texts.Say($"For.{waiting.For}", Percent(percent)),
        { OpenInvoices: 1 } => Texts.Say($"For.{waiting.For}.One"),
        { OpenInvoices: { } open } => Texts.Say($"For.{waiting.For}", open),
        _ => Texts.Say($"For.{waiting.For}"),
    };

    /// <summary>What happens when the time is up.</summary>
    public static string Then(WaitingThen then) => Texts.Say($"Then.{then}");

    /// <summary>Where it stands, in one line.</summary>
    /// <param name="stage">Null when it was not looked at yet.</param>
    public static string Standing(Stage? stage, Waiting? waiting) => (stage, waiting) switch
    {
        (null, _) => Texts.Say("Standing.New"),
        ({ } at, null) => EnumText.Of(at),
        ({ } at, { } present) => Texts.Say("Standing", EnumText.Of(at), For(present)),
    };

    /// <summary>Why a milestone must not happen yet.</summary>
    public static string Hold(Hold hold) => Texts.Say($"Hold.{hold.Milestone}");

    /// <summary>A milestone's name.</summary>
    public static string Milestone(MilestoneKind milestone) => Texts.Say($"Milestone.{milestone}");

    /// <summary>A percentage with its sign.</summary>
    public static string Percent(decimal value) => value.ToString("0.##", CultureInfo.InvariantCulture) + "%";

    /// <summary>Why it does not take a signal.</summary>
    public static string Refusal(DealRefusal refusal) => refusal switch
    {
        DealRefusal.Ended { Stage: { } stage } => Say(refusal, EnumText.Lower(stage)),
        DealRefusal.Ended => Texts.Say("Ended.Unknown"),
        DealRefusal.OtherQuotation other => Say(other, other.Answered, other.Present),
        DealRefusal.QuotationNotOpen { Status: QuotationStatus.PendingApproval or QuotationStatus.Expired } closed =>
            Texts.Say($"QuotationNotOpen.{closed.Status}"),
        DealRefusal.QuotationNotOpen closed => Say(closed, EnumText.Lower(closed.Status)),
        DealRefusal.MilestoneAlreadyReached reached => Say(reached, Milestone(reached.Milestone)),
        DealRefusal.MilestoneMissing missing => Say(missing, Milestone(missing.First), Milestone(missing.Milestone)),
        DealRefusal.MilestoneHeld held => Hold(new Hold(held.Milestone)),
        DealRefusal.AlreadyOwner already => Say(already, already.Owner),
        _ => Say(refusal),
    };

    private static string Say(DealRefusal refusal, params ReadOnlySpan<object?> values) =>
        Texts.Say(refusal.GetType().Name, values);
}
