// Verifies a document, says what changed after each signature, and writes the report – for an intact document and a forged one.
//   dotnet run --project samples/VerifyAndReport
using System.Globalization;
using System.Text;
using ESign.Pdf;
using ESign.Pdf.Reporting;
using ESign.Pdf.Seals;
using ESign.Pdf.Signing;
using ESign.Pdf.Verification;
using ESign.Pdf.Verification.Modifications;
using ESign.Pki.Certificates;
using ESign.Pki.Revocation;
using ESign.Pki.Issuance;
using ESign.Pki.Validation;
using Samples;

DemoAuthority authority = await DemoAuthority.CreateAsync();
using SigningCredential credential = await authority.EnterpriseAsync();
Seal seal = Seal.Draw(SealDesign.Official("深圳示例科技有限公司"));
await new PdfSigner(credential).SignAsync(DemoAuthority.Contract, "signed.pdf", new SignatureOptions
{
    Seal = seal.Place(SealPlacement.At(-1, 380, 520)),
    Level = PadesLevel.T(authority.Timestamps),
});

// A forger replaces one byte of what was signed: here a digit of the document's first object.
byte[] forged = File.ReadAllBytes("signed.pdf");
int target = forged.AsSpan().IndexOf("/MediaBox"u8) + "/MediaBox".Length;
while (!char.IsAsciiDigit((char)forged[target]) || forged[target] == (byte)'0')
{
    target++;
}

forged[target] ^= 1;
File.WriteAllBytes("forged.pdf", forged);

// Who is trusted, and what proves that nothing was revoked. Without CRLs the verdict is "undetermined": unknown is not good.
var verifier = new PdfVerifier(new VerificationPolicy
{
    TrustAnchors = new TrustAnchors([authority.Root.Certificate]),
    RevocationLists = [await CrlAsync(authority.Root), await CrlAsync(authority.Issuing)],
});
foreach (string file in (string[])["signed.pdf", "forged.pdf"])
{
    VerificationResult result = await verifier.VerifyAsync(file);
    Console.WriteLine($"{file}: {result.Verdict}");
    foreach (SignatureVerdict signature in result.Signatures)
    {
        Console.WriteLine($"  {signature.FieldName}: {signature.Indication} {signature.SubIndication}, intact {signature.DigestIntact}, trusted {signature.Trusted}, {signature.Level}");
        foreach (ModificationFinding finding in signature.LaterChanges)
        {
            Console.WriteLine($"    {(finding.Permitted ? "permitted" : "forbidden")}: {finding.Message}");
        }
    }

    ReportedDocument document;
    await using (FileStream stream = File.OpenRead(file))
    {
        document = ReportedDocument.Read(stream, file);
    }

    string name = Path.GetFileNameWithoutExtension(file);
    ValidationReport report = ValidationReport.Create(result, file, document: document);
    File.WriteAllText(name + ".report.json", report.ToJson(), Encoding.UTF8);
    await using FileStream html = File.Create(name + ".report.html");
    await report.WriteHtmlAsync(html);
    await using FileStream pdf = File.Create(name + ".report.pdf");
    await report.WritePdfAsync(pdf);
}

static async Task<CertificateRevocationList> CrlAsync(CertificateAuthority authority) =>
    CertificateRevocationList.LoadMany((await new CrlPublisher(authority).PublishAsync()).RawData)[0];
