using ESign.Pdf.Document;
using ESign.Pdf.Seals;
using ESign.Pdf.Signing;

namespace QuickStart;

/// <summary>Who signs where. The sample contract has its places marked by keywords; another PDF gets places on its last page.</summary>
internal sealed record ContractPlan(SigningPlan Plan, IReadOnlyDictionary<string, Seal> Seals)
{
    public const string PartyA = "甲方";
    public const string PartyB = "乙方";
    public const string PartyC = "丙方";

    public static ContractPlan For(PdfDocument document, bool hasKeywords, DateOnly today)
    {
        Seal sealA = Seal.Draw(SealDesign.Official(Parties.CompanyA.Name, Parties.CompanyA.SealCode));
        Seal sealB = Seal.Draw(SealDesign.Official(Parties.CompanyB.Name, Parties.CompanyB.SealCode));
        Seal name = Seal.Draw(SealDesign.WrittenName(Parties.Person.Name));
        Seal date = Seal.Draw(SealDesign.Date(today));

        // Coordinates are what a person sees: points from the top-left corner of the displayed page, y down; -1 is the last page.
        // Seals are 119 × 119 (42 mm) on A4; on smaller pages everything shrinks alike.
        double scale = Scale(document);
        PageGeometry last = document.GetGeometry(-1);
        double top = last.DisplayedHeight - (290 * scale);
        SealPlacement At(double x, double y, double width, double height) => SealPlacement.At(-1, x * scale, top + (y * scale), width * scale, height * scale);

        SealPlacement placeA = hasKeywords ? SealPlacement.At(-1, 110, 118) : At(60, 0, 119, 119);
        SealPlacement placeB = hasKeywords
            ? SealPlacement.AtKeyword("乙方（盖章）", KeywordMatch.Last, Relative.LowerRight, dx: -40, dy: -40)
            : At(320, 0, 119, 119);
        SealPlacement placeC = hasKeywords ? SealPlacement.AtKeyword("丙方（签字）", KeywordMatch.Last, Relative.Right, dx: 16) : At(60, 150, 119, 43);
        SealPlacement placeDate = hasKeywords ? SealPlacement.AtKeyword("日　期：", KeywordMatch.Last, Relative.Right, dx: 4) : At(60, 200, 119, 20);

        var plan = new SigningPlan
        {
            Parties =
            [
                new SigningParty
                {
                    Name = PartyA,
                    Seal = sealA.Place(placeA),
                    Stamps = CrossPage(document, sealA, position: 160, scale),
                },
                new SigningParty { Name = PartyB, Seal = sealB.Place(placeB), Stamps = CrossPage(document, sealB, position: 420, scale) },
                new SigningParty { Name = PartyC, Seal = name.Place(placeC), Stamps = [date.Place(placeDate)] },
            ],
        };
        return new ContractPlan(plan, new Dictionary<string, Seal> { ["seal-a"] = sealA, ["seal-b"] = sealB, ["signature-c"] = name, ["date-c"] = date });
    }

    /// <summary>骑缝章: a strip of the seal on the right edge of every page. One page alone has no edge to span.</summary>
    private static IReadOnlyList<PlacedSeal> CrossPage(PdfDocument document, Seal seal, double position, double scale) => document.PageCount < 2
        ? []
        : [seal.Place(SealPlacement.AcrossPages(PageEdge.Right, position: position * scale, width: 119 * scale, height: 119 * scale))];

    /// <summary>1 on A4 and larger pages; otherwise how much the smallest page falls short of it.</summary>
    private static double Scale(PdfDocument document) => Enumerable.Range(1, document.PageCount)
        .Select(page => document.GetGeometry(page))
        .Aggregate(1.0, (scale, page) => Math.Min(scale, Math.Min(page.DisplayedWidth / 595, page.DisplayedHeight / 842)));
}
