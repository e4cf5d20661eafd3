namespace Workflows.Embedded.Demo;

/// <summary>A company that may ask us for something.</summary>
/// <param name="Language">ISO 639-1; what it writes in.</param>
/// <param name="Port">Where it wants its goods.</param>
internal sealed record BuyerCompany(
    string Name, string Domain, string Country, string Language, string Port, IReadOnlyList<string> Contacts);

/// <summary>The market of the demo: companies, their people, and how they write.</summary>
internal static class Buyers
{
    public static IReadOnlyList<BuyerCompany> Companies { get; } =
    [
        new(
            "Hanse Antriebstechnik GmbH", "hanse-antrieb.example", "DE", "de", "Hamburg",
            ["Katrin Brandt", "Jörg Petersen"]),
        new("Alpenwerk Maschinenbau AG", "alpenwerk.example", "CH", "de", "Basel", ["Reto Ammann"]),
        new("Donau Pumpen Service", "donau-pumpen.example", "AT", "de", "Trieste", ["Lena Gruber", "Stefan Wallner"]),
        new("Ateliers du Rhône", "ateliers-rhone.example", "FR", "fr", "Marseille", ["Hélène Mercier", "Luc Fabre"]),
        new("Officine Bergamasche Srl", "officine-bg.example", "IT", "it", "Genova", ["Giulia Rota", "Marco Pesenti"]),
        new("Suministros Levante SL", "sumlevante.example", "ES", "es", "Valencia", ["Lucía Navarro"]),
        new(
            "Midlands Process Supplies Ltd", "midlands-process.example", "GB", "en", "Felixstowe",
            ["Oliver Hughes", "Priya Shah"]),
        new("Warta Automatyka Sp. z o.o.", "warta-automatyka.example", "PL", "en", "Gdynia", ["Agnieszka Nowak"]),
        new("Nordfjord Marine AS", "nordfjord-marine.example", "NO", "en", "Bergen", ["Ingrid Solheim"]),
        new("Anadolu Hidrolik A.Ş.", "anadolu-hidrolik.example", "TR", "en", "Izmir", ["Emre Yıldız", "Zeynep Kaya"]),
        new("Gulf Flow Trading LLC", "gulfflow.example", "AE", "ar", "Jebel Ali", ["خالد المنصوري", "Sara Haddad"]),
        new("Nile Industrial Supply", "nile-industrial.example", "EG", "ar", "Alexandria", ["Mahmoud Fathy"]),
        new(
            "Great Lakes Fluid Power Inc.", "greatlakes-fp.example", "US", "en", "Chicago",
            ["Megan Carter", "Tyler Brooks"]),
        new("Lone Star Compression", "lonestar-comp.example", "US", "en", "Houston", ["Hector Ramirez"]),
        new("Maple Ridge Equipment", "mapleridge.example", "CA", "en", "Vancouver", ["Chloé Gagnon"]),
        new(
            "Bombas y Válvulas del Norte", "bvnorte.example", "MX", "es", "Manzanillo",
            ["José Luis Ortega", "Fernanda Ríos"]),
        new("Andes Minería Insumos SpA", "andes-insumos.example", "CL", "es", "San Antonio", ["Camila Fuentes"]),
        new(
            "Paulista Equipamentos Ltda", "paulista-eq.example", "BR", "pt", "Santos",
            ["Rafael Moreira", "Beatriz Lima"]),
        new("Shonan Seiki KK", "shonan-seiki.example", "JP", "ja", "Yokohama", ["田中 美咲", "Kenji Mori"]),
        new("Hanbit Engineering Co.", "hanbit-eng.example", "KR", "en", "Busan", ["Park Ji-woo"]),
        new("Saigon Thermal JSC", "saigon-thermal.example", "VN", "en", "Ho Chi Minh City", ["Nguyễn Minh Anh"]),
        new(
            "Deccan Engineering Works", "deccan-eng.example", "IN", "en", "Nhava Sheva",
            ["Ananya Rao", "Vikram Desai"]),
        new("Southern Cross Drilling Pty", "sc-drilling.example", "AU", "en", "Fremantle", ["Jack Thornton"]),
        new("Lagos Marine Services", "lagosmarine.example", "NG", "en", "Apapa", ["Chinedu Okafor"]),
        new("Cape Agri Systems", "cape-agri.example", "ZA", "en", "Cape Town", ["Thandiwe Molefe"]),
        new("Rift Valley Irrigation", "rv-irrigation.example", "KE", "en", "Mombasa", ["Wanjiru Kamau"]),
    ];

    /// <summary>What a buyer writes; <c>{0}</c> is the quantity, <c>{1}</c> the product.</summary>
    public static string Message(string language) => language switch
    {
        "de" =>
            "Guten Tag, wir benötigen {0} Stück {1} für ein laufendes Projekt. Bitte senden Sie uns Ihr Angebot mit "
                + "Lieferzeit und Zahlungsbedingungen.",
        "fr" =>
            "Bonjour, nous recherchons {0} pièces de {1}. Merci de nous adresser votre meilleure offre et le délai de "
                + "livraison.",
        "it" =>
            "Buongiorno, avremmo bisogno di {0} pezzi di {1}. Potete inviarci la vostra migliore offerta con i tempi "
                + "di consegna?",
        "es" =>
            "Buenos días, necesitamos {0} unidades de {1}. Por favor envíen su mejor oferta con plazo de entrega y "
                + "condiciones de pago.",
        "pt" =>
            "Bom dia, precisamos de {0} unidades de {1}. Favor enviar a melhor oferta, prazo de entrega e condições de "
                + "pagamento.",
        "ar" => "تحية طيبة، نحتاج إلى {0} قطعة من {1}. نرجو إرسال أفضل عرض مع مدة التسليم وشروط الدفع.",
        "ja" => "お世話になっております。{1}を{0}個購入したく、お見積りと納期をお知らせください。",
        _ =>
            "Hello, we are looking for {0} pieces of {1} for a running project. Please quote with lead time, packing "
                + "and payment terms.",
    };

    /// <summary>Letters that are no business, as every inbox gets them.</summary>
    public static IReadOnlyList<string> Spam { get; } =
    [
        "Dear friend, congratulations! You won the lottery. Click here http://prize.example to claim, bitcoin accepted.",
        "SEO ranking service, guaranteed first page!!! Casino backlinks, crypto payment. http://seo.example",
    ];
}
