using System.Globalization;

namespace Workflows.Inquiries;

/// <summary>
/// What the acknowledgement says to a buyer, in a language they read. Plain text of our own: nothing in it is the
/// inquiry's but the reference.
/// </summary>
/// <param name="Language">ISO 639-1 of these texts; the mail's <c>lang</c>.</param>
/// <param name="RightToLeft">The mail's direction.</param>
/// <param name="Closing">Above the company's name.</param>
/// <param name="QuoteHeading">Above the beginning of the inquiry; says what those do who did not send it.</param>
public sealed record BuyerLetter(
    string Language, bool RightToLeft, string Subject, string Salutation, string Thanks, string Promise, string Closing,
    string QuoteHeading)
{
    /// <summary>The letter in the buyer's language, or in English when we do not write theirs.</summary>
    /// <param name="language">ISO 639-1, with or without a region; null is unknown.</param>
    public static BuyerLetter For(string? language, string reference)
    {
        var code = (language ?? "").Split('-', '_')[0].ToLowerInvariant();
        var words = Texts.GetValueOrDefault(code) ?? Texts["en"];
        string Fill(string text) => string.Format(CultureInfo.InvariantCulture, text, reference);
        return new BuyerLetter(
            Texts.ContainsKey(code) ? code : "en",
            code == "ar",
            Fill(words[0]),
            words[1],
            words[2],
            Fill(words[3]),
            words[4],
            words[5]);
    }

    // Subject, salutation, thanks, promise, closing, heading of the quotation; {0} is our reference.
    private static readonly Dictionary<string, string[]> Texts = new(StringComparer.Ordinal)
    {
        ["en"] =
        [
            "We have your inquiry {0}", "Good day,", "Thank you for your inquiry.",
            "It has the reference {0}. A colleague of our sales team will answer you personally, as a rule within one "
                + "working day.",
            "Kind regards",
            "This is how the inquiry begins that reached us under your address. If it is not yours, you need not do "
                + "anything.",
        ],
        ["es"] =
        [
            "Hemos recibido su consulta {0}", "Buenos días:", "Gracias por su consulta.",
            "Su referencia es {0}. Un compañero de nuestro equipo comercial le responderá personalmente, por lo "
                + "general en un día hábil.",
            "Un cordial saludo",
            "Así empieza la consulta que nos llegó con su dirección. Si no es suya, no tiene que hacer nada.",
        ],
        ["pt"] =
        [
            "Recebemos a sua consulta {0}", "Bom dia,", "Obrigado pela sua consulta.",
            "A referência é {0}. Um colega da nossa equipe comercial responderá pessoalmente, em regra dentro de um "
                + "dia útil.",
            "Atenciosamente",
            "Assim começa a consulta que nos chegou com o seu endereço. Se não for sua, não precisa fazer nada.",
        ],
        ["fr"] =
        [
            "Nous avons bien reçu votre demande {0}", "Bonjour,", "Merci de votre demande.",
            "Elle porte la référence {0}. Un collègue de notre équipe commerciale vous répondra personnellement, en "
                + "général sous un jour ouvré.",
            "Cordialement",
            "Voici le début de la demande qui nous est parvenue avec votre adresse. Si elle n'est pas de vous, vous "
                + "n'avez rien à faire.",
        ],
        ["de"] =
        [
            "Ihre Anfrage {0} ist bei uns", "Guten Tag,", "vielen Dank für Ihre Anfrage.",
            "Sie hat das Zeichen {0}. Jemand aus unserem Vertrieb antwortet Ihnen persönlich, in der Regel innerhalb "
                + "eines Arbeitstages.",
            "Freundliche Grüße",
            "So beginnt die Anfrage, die uns mit Ihrer Adresse erreicht hat. Ist sie nicht von Ihnen, müssen Sie "
                + "nichts tun.",
        ],
        ["zh"] =
        [
            "已收到您的询盘 {0}", "您好：", "感谢您的询盘。",
            "您的询盘编号为 {0}。我们的销售同事将亲自回复您，通常在一个工作日之内。",
            "此致敬礼",
            "以下是我们收到的、留有您邮箱地址的询盘开头。如果不是您发送的，请忽略本邮件。",
        ],
        ["ar"] =
        [
            "استلمنا استفساركم {0}", "تحية طيبة،", "شكرًا لاستفساركم.",
            "رقم استفساركم هو {0}. سيرد عليكم أحد زملائنا في فريق المبيعات شخصيًا، وعادةً خلال يوم عمل واحد.",
            "مع أطيب التحيات",
            "هكذا يبدأ الاستفسار الذي وصلنا بعنوان بريدكم. إذا لم يكن منكم فلا حاجة إلى أي إجراء.",
        ],
    };
}
