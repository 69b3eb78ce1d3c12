// The key is elsewhere – here behind an HTTP endpoint on this machine. Two steps, with a JSON text between them that may wait for days.
//   dotnet run --project samples/RemoteSigning
using ESign.Pdf;
using ESign.Pdf.Seals;
using ESign.Pdf.Signing;
using ESign.Pki.Certificates;
using ESign.Pki.Keys;
using RemoteSigning;
using Samples;

// The other side: whoever holds the key. It sees the signed attributes (a digest of the document among them), never the document.
await using RemoteKeyService service = RemoteKeyService.Start(DemoAuthority.NewKey());
DemoAuthority authority = await DemoAuthority.CreateAsync();
using SigningCredential issued = await authority.EnterpriseAsync(key: service.Key);
Certificate certificate = issued.Certificate; // all this side ever has

// Step 1: the document with room for a signature, and what the key is to sign.
Seal seal = Seal.Draw(SealDesign.Official("深圳示例科技有限公司"));
var signer = new DeferredPdfSigner(certificate, issued.Issuers, SignatureAlgorithm.EcdsaP256Sha256);
await using (FileStream input = File.OpenRead(DemoAuthority.Contract))
await using (FileStream draft = File.Create("signed.pdf"))
{
    PreparedSignature prepared = await signer.PrepareAsync(input, draft, new SignatureOptions
    {
        Seal = seal.Place(SealPlacement.At(-1, 380, 520)),
        Level = PadesLevel.T(authority.Timestamps), // reserves room for the timestamp too
    });
    File.WriteAllText("prepared.json", prepared.ToJson());
    Console.WriteLine($"prepared: {prepared.FieldName}, {prepared.SignedAttributes.Length} bytes to sign, room for {prepared.Capacity}");
}

// Step 2, perhaps in another process: fetch the value, complete the draft. A wrong value is refused before anything is written.
PreparedSignature resumed = PreparedSignature.FromJson(File.ReadAllText("prepared.json"));
using var client = new HttpClient();
using HttpResponseMessage answer = await client.PostAsync(service.Address, new ReadOnlyMemoryContent(resumed.SignedAttributes));
byte[] value = await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync();
await using (var draft = new FileStream("signed.pdf", FileMode.Open, FileAccess.ReadWrite))
{
    await resumed.CompleteAsync(draft, value, authority.Timestamps);
}

Console.WriteLine($"completed: signature value of {value.Length} bytes, with a timestamp");
