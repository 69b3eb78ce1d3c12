// One seal at exact coordinates, one signature with a timestamp.
//   dotnet run --project samples/SealAndSign
using ESign.Pdf;
using ESign.Pdf.Document;
using ESign.Pdf.Seals;
using ESign.Pdf.Signing;
using ESign.Pki.Certificates;
using Samples;

DemoAuthority authority = await DemoAuthority.CreateAsync();
using SigningCredential credential = await authority.EnterpriseAsync();
File.WriteAllText("root.pem", authority.Root.Certificate.ToPem() + "\n");

Seal seal = Seal.Draw(SealDesign.Contract("深圳示例科技有限公司", "4403000000001").Aged(seed: 7));
File.WriteAllText("seal.svg", seal.ToSvg());

// The last page; the control's top-left corner 380 points from the left and 520 from the top of the displayed page.
SignatureReceipt receipt = await new PdfSigner(credential).SignAsync(DemoAuthority.Contract, "signed.pdf", new SignatureOptions
{
    Seal = seal.Place(SealPlacement.At(page: -1, x: 380, y: 520, width: 120, height: 120)),
    Level = PadesLevel.T(authority.Timestamps),
    Reason = "合同签署",
    Location = "深圳",
});

SignaturePlace widget = receipt.Places[0];
Console.WriteLine($"{receipt.FieldName}: {receipt.Level} {receipt.Algorithm}, timestamp {receipt.TimestampTime:u}");
Console.WriteLine($"page {widget.Page}, x {widget.Displayed.X:0}, y {widget.Displayed.Y:0}, {widget.Displayed.Width:0} × {widget.Displayed.Height:0}; signed.pdf has {receipt.Length:N0} bytes");
