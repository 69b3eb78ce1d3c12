// A seal beside a keyword, and a cross-page seal (骑缝章) on all pages, bound to one signature.
//   dotnet run --project samples/KeywordAndCrossPage
using ESign.Pdf.Content;
using ESign.Pdf.Document;
using ESign.Pdf.Seals;
using ESign.Pdf.Signing;
using ESign.Pki.Certificates;
using Samples;

DemoAuthority authority = await DemoAuthority.CreateAsync();
using SigningCredential credential = await authority.EnterpriseAsync();

// Where does the keyword stand? The same search that the placement below uses.
using (FileStream file = File.OpenRead(DemoAuthority.Contract))
using (PdfDocument document = PdfDocument.Open(file))
{
    foreach (TextMatch match in new TextLocator(document).Find("甲方（盖章）"))
    {
        Console.WriteLine($"“{match.Text}”: page {match.Page}, x {match.Displayed.X:0.#}, y {match.Displayed.Y:0.#}, {match.Displayed.Width:0.#} × {match.Displayed.Height:0.#}");
    }
}

Seal seal = Seal.Draw(SealDesign.Official("深圳示例科技有限公司", "4403000000001"));
SignatureReceipt receipt = await new PdfSigner(credential).SignAsync(DemoAuthority.Contract, "signed.pdf", new SignatureOptions
{
    Seal = seal.Place(SealPlacement.AtKeyword("甲方（盖章）", KeywordMatch.Last, Relative.Right, dx: 10)),
    Stamps = [seal.Place(SealPlacement.AcrossPages(PageEdge.Right, position: 300))],
});
foreach (SignaturePlace widget in receipt.Places)
{
    Console.WriteLine($"{widget.FieldName}: page {widget.Page}, x {widget.Displayed.X:0.#}, y {widget.Displayed.Y:0.#}, {widget.Displayed.Width:0.#} × {widget.Displayed.Height:0.#}");
}
