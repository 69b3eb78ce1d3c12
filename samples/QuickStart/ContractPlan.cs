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
        PageGeometry last = document.GetPage(-1).Geometry;
        double column = last.DisplayedWidth / 2;
        double line = last.DisplayedHeight - 290;
        SealPlacement placeB = hasKeywords
            ? SealPlacement.AtKeyword("乙方（盖章）", KeywordMatch.Last, Relative.LowerRight, dx: -40, dy: -40)
            : SealPlacement.At(-1, column + 20, line);
        SealPlacement placeC = hasKeywords
            ? SealPlacement.AtKeyword("丙方（签字）", KeywordMatch.Last, Relative.Right, dx: 16)
            : SealPlacement.At(-1, 60, line + 150);
        SealPlacement placeDate = hasKeywords
            ? SealPlacement.AtKeyword("日　期：", KeywordMatch.Last, Relative.Right, dx: 4)
            : SealPlacement.At(-1, 60, line + 200);

        var plan = new SigningPlan
        {
            Parties =
            [
                new SigningParty
                {
                    Name = PartyA,
                    Seal = sealA.Place(hasKeywords ? SealPlacement.At(-1, 110, 118) : SealPlacement.At(-1, 60, line)),
                    Stamps = CrossPage(document, sealA, position: 160),
                },
                new SigningParty { Name = PartyB, Seal = sealB.Place(placeB), Stamps = CrossPage(document, sealB, position: 420) },
                new SigningParty { Name = PartyC, Seal = name.Place(placeC), Stamps = [date.Place(placeDate)] },
            ],
        };
        return new ContractPlan(plan, new Dictionary<string, Seal> { ["seal-a"] = sealA, ["seal-b"] = sealB, ["signature-c"] = name, ["date-c"] = date });
    }

    /// <summary>骑缝章: a strip of the seal on the right edge of every page. One page alone has no edge to span.</summary>
    private static IReadOnlyList<PlacedSeal> CrossPage(PdfDocument document, Seal seal, double position) =>
        document.PageCount < 2 ? [] : [seal.Place(SealPlacement.AcrossPages(PageEdge.Right, position: position))];
}
