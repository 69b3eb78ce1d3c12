using ESign.Pdf;
using ESign.Pdf.Seals;
using ESign.Pdf.Signing;
using ESign.Pki.Certificates;
using ESign.Pki.Cms;
using ESign.Pki.ElectronicSeals;
using ESign.Pki.Timestamping;
using ESign.Testing;

namespace ESign.Docs.Snippets;

/// <summary>Guide: electronic seals.</summary>
public class ElectronicSealSnippets
{
    [Fact]
    public async Task Made_and_used()
    {
        using Workplace here = await Workplace.CreateAsync();
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        SigningCredential makerCredential = await here.Pki.EnterpriseAsync("杭州样本软件有限公司", "91330100MA0000349D");
        SigningCredential enterpriseCredential = here.Pki.Enterprise;
        ITimestampSource timestamps = here.Pki.Timestamps;
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        byte[] png = File.ReadAllBytes(Repository.PathTo("eng", "package", "icon.png"));

        #region electronic-seal-make
        ElectronicSeal seal = await new ElectronicSealMaker(makerCredential).MakeAsync(new ElectronicSealRequest
        {
            SealId    = "4403000000001",
            Name      = "深圳示例科技有限公司",
            Picture   = new SealPicture("PNG", png, Width: 42, Height: 42),          // millimetres
            Signers   = SealSignerList.OfCertificates(enterpriseCredential.Certificate),
            ValidFrom = now,
            ValidTo   = now.AddYears(1),
        }, cancellationToken);
        byte[] file = seal.RawData.ToArray();                                          // usually kept as .esl
        #endregion

        Assert.NotEmpty(file);
        using FileStream input = File.OpenRead("contract.pdf");
        using FileStream output = File.Create("signed.pdf");

        #region electronic-seal-sign
        await new PdfSigner(enterpriseCredential).SignAsync(input, output, new SignatureOptions
        {
            Profile = SignatureProfile.SealSignature(seal),
            Seal    = Seal.FromImage(png).Place(SealPlacement.AtKeyword("甲方（盖章）")),   // what people see
            Level   = PadesLevel.T(timestamps),                                             // or B, LT, LTA
        }, cancellationToken);
        #endregion

        output.Flush();
        (byte[] data, byte[] bytes) = Assert.Single(Witness.SignaturesIn(ReadAll(output)));

        #region electronic-seal-verify
        SealSignature signature = SealSignature.Decode(bytes);
        SealVerdict verdict = signature.Verify(data);
        foreach (string failure in verdict.Failures) Console.WriteLine(failure);
        #endregion

        Assert.NotNull(verdict.SignerCertificate);
    }

    private static byte[] ReadAll(FileStream file)
    {
        byte[] content = new byte[file.Length];
        file.Position = 0;
        file.ReadExactly(content);
        return content;
    }
}
