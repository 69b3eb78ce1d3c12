// The key is in a hardware module and never leaves it. Works with any PKCS#11 module that OpenSSL's engine reaches; softhsm2 for trying.
//   export PKCS11_MODULE_PATH=/usr/lib/softhsm/libsofthsm2.so
//   dotnet run --project samples/HsmSigning -- "pkcs11:token=esign;object=ec-key;type=private;pin-source=file:/path/to/pin"
using System.Runtime.Versioning;
using ESign.Pdf;
using ESign.Pdf.Seals;
using ESign.Pdf.Signing;
using ESign.Pki.Certificates;
using ESign.Pki.Keys;
using Samples;

[assembly: UnsupportedOSPlatform("windows")]

if (args is not [string uri])
{
    Console.Error.WriteLine("usage: HsmSigning PKCS11-URI");
    return 64;
}

using EngineSigningKey key = EngineSigningKey.OpenPkcs11(uri);
DemoAuthority authority = await DemoAuthority.CreateAsync();
SigningCredential credential = await authority.EnterpriseAsync(key: key);

Seal seal = Seal.Draw(SealDesign.Official("深圳示例科技有限公司"));
SignatureReceipt receipt = await new PdfSigner(credential).SignAsync(DemoAuthority.Contract, "signed.pdf", new SignatureOptions
{
    Seal = seal.Place(SealPlacement.At(-1, 380, 520)),
    Level = PadesLevel.T(authority.Timestamps),
});
Console.WriteLine($"{receipt.FieldName}: {receipt.Level}, {receipt.Algorithm}, {receipt.Certificate.Subject}");
return 0;
