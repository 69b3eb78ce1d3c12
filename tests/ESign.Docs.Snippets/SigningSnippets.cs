using ESign.Pdf;
using ESign.Pdf.Content;
using ESign.Pdf.Document;
using ESign.Pdf.LongTerm;
using ESign.Pdf.Seals;
using ESign.Pdf.Signing;
using ESign.Pki.Certificates;
using ESign.Pki.Issuance;
using ESign.Pki.Keys;
using ESign.Pki.Revocation;
using ESign.Pki.Timestamping;
using ESign.Testing;

namespace ESign.Docs.Snippets;

/// <summary>Guides: seals, placement, plan for several parties, timestamps, remote keys, SM2.</summary>
public class SigningSnippets
{
    [Fact]
    public async Task Seals()
    {
        using Workplace here = await Workplace.CreateAsync();
        File.WriteAllBytes("scanned-seal.png", File.ReadAllBytes(Repository.PathTo("eng", "package", "icon.png")));

        #region seals-draw
        Seal official = Seal.Draw(SealDesign.Official("深圳示例科技有限公司", code: "4403000000001"));
        Seal contract = Seal.Draw(SealDesign.Contract("深圳示例科技有限公司", bottomText: "（1）"));
        Seal finance = Seal.Draw(SealDesign.Finance("深圳示例科技有限公司"));
        Seal invoice = Seal.Draw(SealDesign.Invoice("深圳示例科技有限公司", taxpayerNumber: "91350100M000100Y43"));
        Seal name = Seal.Draw(SealDesign.PersonalName("张三"));                        // 张三之印
        Seal written = Seal.Draw(SealDesign.WrittenName("张三"));
        Seal date = Seal.Draw(SealDesign.Date(new DateOnly(2026, 1, 31)));
        #endregion

        #region seals-look
        SealDesign look = SealDesign.Official("深圳示例科技有限公司") with { Color = SealColor.SealRed, Opacity = 0.9 };
        SealDesign worn = look.Aged(seed: 7, level: 3);     // small gaps in the ink; the same seed, the same gaps
        File.WriteAllText("seal.svg", Seal.Draw(worn).ToSvg());
        #endregion

        #region seals-image
        Seal scanned = Seal.FromImage(File.ReadAllBytes("scanned-seal.png"), new SealImageOptions
        {
            WhiteToTransparent = true,
            Size = new SealSize(42, 42),                    // millimetres
            AlternateText = "深圳示例科技有限公司",
        });
        #endregion

        Assert.All((Seal[])[official, contract, finance, invoice, name, written, date, scanned], seal => Assert.True(seal.Size.WidthMillimeters > 5));
        Assert.Contains("<svg", File.ReadAllText("seal.svg"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Placement()
    {
        using Workplace here = await Workplace.CreateAsync();
        SigningCredential credential = here.Pki.Enterprise;
        Seal seal = Seal.Draw(SealDesign.Official("深圳示例科技有限公司"));

        #region placement
        PlacedSeal atPoint = seal.Place(SealPlacement.At(page: -1, x: 380, y: 520, width: 120, height: 120));
        PlacedSeal atKeyword = seal.Place(SealPlacement.AtKeyword("甲方（盖章）", KeywordMatch.Last, Relative.Right, dx: 10));
        PlacedSeal acrossPages = seal.Place(SealPlacement.AcrossPages(PageEdge.Right, pages: PageSelection.All, position: 300));
        PlacedSeal realSize = seal.Place(SealPlacement.At(1, 60, 60) with { UsePhysicalSize = true });      // its millimetres
        #endregion

        #region placement-locate
        using FileStream file = File.OpenRead("contract.pdf");
        using PdfDocument document = PdfDocument.Open(file);
        foreach (TextMatch match in new TextLocator(document).Find("甲方（盖章）"))
        {
            Console.WriteLine($"page {match.Page}, x {match.Displayed.X:0.#}, y {match.Displayed.Y:0.#}");
        }
        #endregion

        SignatureReceipt receipt = await new PdfSigner(credential).SignAsync("contract.pdf", "signed.pdf", new SignatureOptions { Seal = atPoint, Stamps = [atKeyword, acrossPages, realSize] });
        Assert.Contains(receipt.Places, widget => widget.Displayed is { X: 380, Y: 520, Width: 120, Height: 120 });
        Assert.True(receipt.Places.Count >= 3 + document.PageCount);
    }

    [Fact]
    public async Task Placement_that_cannot_be()
    {
        using Workplace here = await Workplace.CreateAsync();
        Seal seal = Seal.Draw(SealDesign.Official("深圳示例科技有限公司"));
        var signer = new PdfSigner(here.Pki.Enterprise);

        #region placement-refused
        string? complaint = null;
        try
        {
            await signer.SignAsync("contract.pdf", "signed.pdf", new SignatureOptions { Seal = seal.Place(SealPlacement.At(1, x: 500, y: 100)) });
        }
        catch (SealPlacementException refused)
        {
            complaint = $"{refused.Code}: {refused.Message}";       // x 500 + width 119 = 619 exceeds the page's displayed width 595
        }
        #endregion

        Assert.StartsWith("XOutOfRange", complaint, StringComparison.Ordinal);
        Assert.False(File.Exists("signed.pdf"));
    }

    [Fact]
    public async Task Plan()
    {
        using Workplace here = await Workplace.CreateAsync();
        Seal sealA = Seal.Draw(SealDesign.Official("深圳示例科技有限公司"));
        Seal sealB = Seal.Draw(SealDesign.Official("杭州样本软件有限公司"));
        SigningCredential companyA = here.Pki.Enterprise;
        SigningCredential companyB = await here.Pki.EnterpriseAsync("杭州样本软件有限公司", "91330100MA0000349D");
        ITimestampSource timestamps = here.Pki.Timestamps;

        #region plan
        var plan = new SigningPlan
        {
            Parties =
            [
                new SigningParty
                {
                    Name = "甲方",
                    Seal = sealA.Place(SealPlacement.AtKeyword("甲方（盖章）", KeywordMatch.Last, Relative.Right)),
                    Stamps = [sealA.Place(SealPlacement.AcrossPages(PageEdge.Right, position: 160))],
                },
                new SigningParty
                {
                    Name = "乙方",
                    Seal = sealB.Place(SealPlacement.AtKeyword("乙方（盖章）", KeywordMatch.Last, Relative.LowerRight, dx: -40, dy: -40)),
                },
            ],
        };
        await plan.WriteAsync("contract.pdf", "planned.pdf");

        await new PdfSigner(companyA).SignAsync("planned.pdf", "signed.pdf", plan.OptionsFor("甲方") with
        {
            Level = PadesLevel.T(timestamps),
            Certification = CertificationLevel.FormFilling,     // from now on: filling in and signing, nothing else
        });
        await new PdfSigner(companyB).SignAsync("signed.pdf", "signed.pdf", plan.OptionsFor("乙方") with { Level = PadesLevel.T(timestamps) });
        #endregion

        Assert.All(Witness.PdfSig("signed.pdf"), signature => Assert.True(signature.IsValid, signature.Text));
    }

    [Fact]
    public async Task Batch()
    {
        using Workplace here = await Workplace.CreateAsync();
        SigningCredential credential = here.Pki.Enterprise;
        Seal seal = Seal.Draw(SealDesign.Official("深圳示例科技有限公司"));

        #region batch
        IEnumerable<BatchItem> items = Enumerable.Range(1, 20).Select(number => new BatchItem
        {
            InputPath = "contract.pdf",                         // the same file for all: read and hashed once
            OutputPath = $"notice-{number}.pdf",
            Credential = credential,
            Options = new SignatureOptions { Seal = seal.Place(SealPlacement.At(-1, 380, 520)) },
        });
        IReadOnlyList<BatchResult> results = await new BatchSigner().SignAsync([.. items]);
        #endregion

        Assert.All(results, result => Assert.True(result.IsSigned));
    }

    [Fact]
    public async Task Levels()
    {
        using Workplace here = await Workplace.CreateAsync();
        SigningCredential credential = here.Pki.Enterprise;
        ITimestampSource timestamps = here.Pki.Timestamps;
        var revocation = new GivenRevocationSource([await CrlAsync(here.Pki.Root), await CrlAsync(here.Pki.Issuing)], []);
        using var client = new HttpClient();

        #region levels-sources
        var remoteTimestamps = new HttpTimestampSource(client, new Uri("https://tsa.example/"));        // RFC 3161
        var onlineRevocation = new OnlineRevocationSource(client);                                      // OCSP, then CRLs
        #endregion

        #region levels
        await new PdfSigner(credential).SignAsync("contract.pdf", "signed.pdf", new SignatureOptions { Level = PadesLevel.T(timestamps) });
        ExtensionReceipt receipt = await new PdfExtender(PadesLevel.LTA(timestamps, revocation)).ExtendAsync("signed.pdf", "archived.pdf");
        Console.WriteLine($"{receipt.Level} until {receipt.ValidUntil:d}, renew before {receipt.RenewBefore:d}");
        #endregion

        Assert.Equal("B-LTA", receipt.Level);
        Assert.NotNull(remoteTimestamps);
        Assert.NotNull(onlineRevocation);
    }

    [Fact]
    public async Task Remote()
    {
        using Workplace here = await Workplace.CreateAsync();
        Certificate certificate = here.Pki.Enterprise.Certificate;
        IReadOnlyList<Certificate> issuers = here.Pki.Enterprise.Issuers;
        ITimestampSource timestamps = here.Pki.Timestamps;
        Seal seal = Seal.Draw(SealDesign.Official("深圳示例科技有限公司"));

        #region remote-prepare
        var signer = new DeferredPdfSigner(certificate, issuers, SignatureAlgorithm.EcdsaP256Sha256);
        PreparedSignature prepared;
        using (FileStream input = File.OpenRead("contract.pdf"))
        using (FileStream draft = File.Create("draft.pdf"))
        {
            prepared = await signer.PrepareAsync(input, draft, new SignatureOptions
            {
                Seal = seal.Place(SealPlacement.At(-1, 380, 520)),
                Level = PadesLevel.T(timestamps),               // keeps room for the timestamp
            });
        }

        string saved = prepared.ToJson();                       // goes to the one with the key; may wait for days
        #endregion

        byte[] signatureValue = await here.Pki.Enterprise.Key.SignAsync(PreparedSignature.FromJson(saved).SignedAttributes, TestContext.Current.CancellationToken);

        #region remote-complete
        using (var draft = new FileStream("draft.pdf", FileMode.Open, FileAccess.ReadWrite))
        {
            await PreparedSignature.FromJson(saved).CompleteAsync(draft, signatureValue, timestamps);       // verifies before it writes
        }
        #endregion

        Assert.True(Assert.Single(Witness.PdfSig("draft.pdf")).IsValid);
    }

    [Fact]
    public async Task Sm2()
    {
        using Workplace here = await Workplace.CreateAsync();
        TestPki pki = await TestPki.CreateAsync(SignatureAlgorithm.Sm2Sm3);
        CertificateAuthority authority = pki.Issuing;

        #region sm2
        using LocalSigningKey key = LocalSigningKey.Create(SignatureAlgorithm.Sm2Sm3);
        IssuedCertificate issued = await authority.IssueAsync(CertificateProfile.EnterpriseSeal, new IssuanceRequest
        {
            Subject = ESign.Pki.Names.CertificateSubject.Enterprise("深圳示例科技有限公司", ESign.Pki.Names.UnifiedSocialCreditCode.Parse("91350100M000100Y43")),
            SubjectPublicKeyInfo = key.SubjectPublicKeyInfo,
        });
        SignatureReceipt receipt = await new PdfSigner(issued.WithKey(key)).SignAsync("contract.pdf", "signed.pdf");
        Console.WriteLine(receipt.Algorithm);                   // SM2-SM3
        #endregion

        Assert.Same(SignatureAlgorithm.Sm2Sm3, receipt.Algorithm);
    }

    private static async Task<CertificateRevocationList> CrlAsync(CertificateAuthority authority) =>
        CertificateRevocationList.LoadMany((await new CrlPublisher(authority).PublishAsync()).RawData)[0];
}
