using System.Globalization;

namespace Workflows.Inquiries;

/// <summary>What the acknowledgement says to a buyer, in a language they read. Plain text.</summary>
/// <param name="Language">ISO 639-1 of these texts; the mail's <c>lang</c>.</param>
/// <param name="RightToLeft">The mail's direction.</param>
/// <param name="Closing">Above the company's name.</param>
public sealed record BuyerLetter(
    string Language, bool RightToLeft, string Subject, string Salutation, string Thanks, string Promise, string Closing)
{
    /// <summary>The letter in the buyer's language, or in English when we do not write theirs.</summary>
    /// <param name="language">ISO 639-1, with or without a region; null is unknown.</param>
    /// <param name="what">What was asked for, in the buyer's words.</param>
    public static BuyerLetter For(string? language, string name, string what, string reference)
    {
        var code = (language ?? "").Split('-', '_')[0].ToLowerInvariant();
        var words = Texts.GetValueOrDefault(code) ?? Texts["en"];
        string Fill(string text) => string.Format(CultureInfo.InvariantCulture, text, name, what, reference);
        return new BuyerLetter(
            Texts.ContainsKey(code) ? code : "en",
            code == "ar",
            Fill(words[0]),
            Fill(words[1]),
            Fill(words[2]),
            Fill(words[3]),
            words[4]);
    }

    // Subject, salutation, thanks, promise, closing; {0} the buyer, {1} what, {2} our reference.
    private static readonly Dictionary<string, string[]> Texts = new(StringComparer.Ordinal)
    {
        ["en"] =
        [
            "We have your inquiry {2}", "Dear {0},", "Thank you for asking us about {1}.",
            "Your inquiry has the reference {2}. A colleague of our sales team will answer you personally, as a rule "
                + "within one working day.",
            "Kind regards",
        ],
        ["es"] =
        [
            "Hemos recibido su consulta {2}", "Estimado/a {0}:", "Gracias por consultarnos sobre {1}.",
            "Su consulta tiene la referencia {2}. Un compañero de nuestro equipo comercial le responderá "
                + "personalmente, por lo general en un día hábil.",
            "Un cordial saludo",
        ],
        ["pt"] =
        [
            "Recebemos a sua consulta {2}", "Prezado(a) {0},", "Obrigado pela sua consulta sobre {1}.",
            "A sua consulta tem a referência {2}. Um colega da nossa equipe comercial responderá pessoalmente, em "
                + "regra dentro de um dia útil.",
            "Atenciosamente",
        ],
        ["fr"] =
        [
            "Nous avons bien reçu votre demande {2}", "Bonjour {0},", "Merci de votre demande concernant {1}.",
            "Votre demande porte la référence {2}. Un collègue de notre équipe commerciale vous répondra "
                + "personnellement, en général sous un jour ouvré.",
            "Cordialement",
        ],
        ["de"] =
        [
            "Ihre Anfrage {2} ist bei uns", "Guten Tag {0},", "vielen Dank für Ihre Anfrage zu {1}.",
            "Ihre Anfrage hat das Zeichen {2}. Jemand aus unserem Vertrieb antwortet Ihnen persönlich, in der Regel "
                + "innerhalb eines Arbeitstages.",
            "Freundliche Grüße",
        ],
        ["zh"] =
        [
            "已收到您的询盘 {2}", "{0}，您好：", "感谢您就 {1} 向我们询盘。",
            "您的询盘编号为 {2}。我们的销售同事将亲自回复您，通常在一个工作日之内。",
            "此致敬礼",
        ],
        ["ar"] =
        [
            "استلمنا استفساركم {2}", "السيد/السيدة {0} المحترم/ة،", "شكرًا لاستفساركم عن {1}.",
            "رقم استفساركم هو {2}. سيرد عليكم أحد زملائنا في فريق المبيعات شخصيًا، وعادةً خلال يوم عمل واحد.",
            "مع أطيب التحيات",
        ],
    };
}
