// One notice for 1,000 recipients, each sealed and signed: what the copies have in common is read and hashed once.
//   dotnet run -c Release --project samples/Batch
using System.Diagnostics;
using System.Globalization;
using ESign.Pdf.Seals;
using ESign.Pdf.Signing;
using ESign.Pki.Certificates;
using Samples;

int count = args is [string text] ? int.Parse(text, CultureInfo.InvariantCulture) : 1000;
DemoAuthority authority = await DemoAuthority.CreateAsync();
using SigningCredential credential = await authority.EnterpriseAsync();
Seal seal = Seal.Draw(SealDesign.Official("深圳示例科技有限公司", "4403000000001"));
string folder = Directory.CreateDirectory("signed").FullName;

BatchItem[] items = [.. Enumerable.Range(1, count).Select(number => new BatchItem
{
    InputPath = DemoAuthority.Contract,
    OutputPath = Path.Combine(folder, $"notice-{number:0000}.pdf"),
    Credential = credential,
    Options = new SignatureOptions
    {
        Seal = seal.Place(SealPlacement.At(-1, 380, 520)),
        Reason = $"送达编号 {number:0000}",
    },
})];

var watch = Stopwatch.StartNew();
IReadOnlyList<BatchResult> results = await new BatchSigner().SignAsync(items);
watch.Stop();

Console.WriteLine($"{results.Count(result => result.IsSigned)} of {results.Count} signed, {results.Count / watch.Elapsed.TotalSeconds:N0} a second");
foreach (BatchResult failed in results.Where(result => !result.IsSigned))
{
    Console.Error.WriteLine($"{failed.Item.OutputPath}: {failed.Error!.Message}");
}

return results.All(result => result.IsSigned) ? 0 : 1;
