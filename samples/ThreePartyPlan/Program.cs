// Three parties, planned before anyone signs: every later signature leaves the earlier ones untouched, even a certified document.
//   dotnet run --project samples/ThreePartyPlan
using ESign.Pdf;
using ESign.Pdf.Seals;
using ESign.Pdf.Signing;
using ESign.Pki.Certificates;
using Samples;

DemoAuthority authority = await DemoAuthority.CreateAsync();
using SigningCredential first = await authority.EnterpriseAsync();
using SigningCredential second = await authority.EnterpriseAsync("杭州样本软件有限公司", "91330100MA0000349D");
using SigningCredential third = await authority.PersonAsync();
File.WriteAllText("root.pem", authority.Root.Certificate.ToPem() + "\n");

Seal firstSeal = Seal.Draw(SealDesign.Official("深圳示例科技有限公司"));
Seal secondSeal = Seal.Draw(SealDesign.Official("杭州样本软件有限公司"));
Seal name = Seal.Draw(SealDesign.WrittenName("张三"));
var plan = new SigningPlan
{
    Parties =
    [
        new SigningParty
        {
            Name = "甲方",
            Seal = firstSeal.Place(SealPlacement.AtKeyword("甲方（盖章）", KeywordMatch.Last, Relative.Right)),
            Stamps = [firstSeal.Place(SealPlacement.AcrossPages(PageEdge.Right, position: 160))],
        },
        new SigningParty
        {
            Name = "乙方",
            Seal = secondSeal.Place(SealPlacement.AtKeyword("乙方（盖章）", KeywordMatch.Last, Relative.LowerRight, dx: -40, dy: -40)),
            Stamps = [secondSeal.Place(SealPlacement.AcrossPages(PageEdge.Right, position: 420))],
        },
        new SigningParty { Name = "丙方", Seal = name.Place(SealPlacement.AtKeyword("丙方（签字）", KeywordMatch.Last, Relative.Right, dx: 16)) },
    ],
};
await plan.WriteAsync(DemoAuthority.Contract, "planned.pdf");

// The first party certifies: from now on only filling in and signing are allowed, and that is all the others do.
File.Copy("planned.pdf", "signed.pdf", overwrite: true);
await SignAsync("甲方", first, CertificationLevel.FormFilling);
await SignAsync("乙方", second);
await SignAsync("丙方", third);

async Task SignAsync(string party, SigningCredential credential, CertificationLevel? certification = null)
{
    SignatureOptions options = plan.OptionsFor(party) with { Level = PadesLevel.T(authority.Timestamps), Certification = certification };
    SignatureReceipt receipt = await new PdfSigner(credential).SignAsync("signed.pdf", "signed.pdf", options);
    Console.WriteLine($"{party}: {receipt.Level}, {receipt.Places.Count} places, {receipt.Length:N0} bytes");
}
