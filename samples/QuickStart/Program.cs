// The main job, end to end: certificates, a planned contract, three parties who seal and sign with timestamps, and the verdict.
//   dotnet run --project samples/QuickStart               the sample contract
//   dotnet run --project samples/QuickStart -- my.pdf     your own PDF
using ESign.Pdf;
using ESign.Pdf.Seals;
using ESign.Pdf.Signing;
using QuickStart;

try
{
    return await MainJob.RunAsync(args.Length > 0 ? args[0] : Path.Combine(AppContext.BaseDirectory, "contract.pdf"));
}
catch (Exception error) when (error is PdfFormatException or SealPlacementException or SigningRefusedException or IOException)
{
    Console.Error.WriteLine(error.Message);
    return 1;
}
