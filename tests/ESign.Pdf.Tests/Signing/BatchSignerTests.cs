using ESign.Pdf.Seals;
using ESign.Pdf.Signing;
using ESign.Pdf.Tests.LongTerm;
using ESign.Pdf.Verification;
using ESign.Pki.Certificates;
using ESign.Pki.Keys;
using ESign.Pki.Timestamping;
using ESign.Pki.Validation;
using ESign.Testing;
using ESign.Testing.PdfBuilder;

namespace ESign.Pdf.Tests.Signing;

public sealed class BatchSignerTests : IDisposable
{
    private static readonly Seal Official = Seal.Draw(SealDesign.Official("深圳示例科技有限公司", "4403000000001"));
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task One_template_for_many_recipients_each_signed_as_if_alone()
    {
        TestPki pki = await TestPki.SharedAsync();
        SigningCredential wide = await pki.EnterpriseAsync("杭州样本软件有限公司", "91330100MA0000349D", SignatureAlgorithm.EcdsaP384Sha384);
        byte[] template = TestDocuments.TwoPages();
        string path = _folder.Write("template.pdf", template);
        BatchItem[] items = [.. Enumerable.Range(0, 12).Select(number => new BatchItem
        {
            InputPath = path,
            OutputPath = _folder.PathTo($"recipient-{number}.pdf"),
            Credential = number % 2 == 0 ? pki.Enterprise : wide,
            Options = new SignatureOptions
            {
                Seal = Official.Place(SealPlacement.At(1, 50 + (10 * number), 300)),
                Reason = $"recipient {number}",
                Level = number % 3 == 0 ? PadesLevel.T(pki.Timestamps) : PadesLevel.B,
            },
        })];
        IReadOnlyList<BatchResult> results = await new BatchSigner(4).SignAsync(items);

        Assert.Equal(items, results.Select(result => result.Item));
        Assert.All(results, result => Assert.Null(result.Error));
        foreach (BatchResult result in results)
        {
            byte[] signed = File.ReadAllBytes(result.Item.OutputPath);
            Assert.True(signed.AsSpan().StartsWith(template));
            (byte[] covered, byte[] value, _) = Assert.Single(new SignedFile(signed).Signatures());
            Witness.OpenSslCms(value, covered, pki.Root.Certificate.ToPem(), _folder);
            Assert.Equal(result.Receipt!.Length, signed.Length);
        }

        Assert.True(Assert.Single(Witness.PdfSig(items[3].OutputPath)).IsValid);
        Assert.Empty(Witness.QpdfComplaints(items[3].OutputPath));
    }

    [Fact]
    public async Task A_failed_item_has_its_error_leaves_no_file_and_stops_nobody()
    {
        TestPki pki = await TestPki.SharedAsync();
        string good = _folder.Write("good.pdf", TestDocuments.TwoPages());
        string bad = _folder.Write("bad.pdf", "no pdf"u8.ToArray());
        BatchItem Item(string input, string output, SignatureOptions? options = null) =>
            new() { InputPath = input, OutputPath = _folder.PathTo(output), Credential = pki.Enterprise, Options = options ?? new SignatureOptions() };
        var progress = new List<BatchResult>();
        IReadOnlyList<BatchResult> results = await new BatchSigner(1).SignAsync(
            [
                Item(good, "1.pdf"),
                Item(bad, "2.pdf"),
                Item(_folder.PathTo("absent.pdf"), "3.pdf"),
                Item(good, "4.pdf", new SignatureOptions { Seal = Official.Place(SealPlacement.At(1, 590, 0)) }),
                Item(good, "5.pdf", new SignatureOptions { Level = PadesLevel.T(new SilentTimestamps()) }),
                Item(good, "6.pdf"),
            ],
            new Recorder(progress));

        Assert.Equal([null, typeof(PdfFormatException), typeof(FileNotFoundException), typeof(SealPlacementException), typeof(TimestampUnavailableException), null], results.Select(result => result.Error?.GetType()));
        Assert.Equal(["1.pdf", "6.pdf", "bad.pdf", "good.pdf"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(results, progress);
    }

    /// <summary>Items run in any order: one that replaced what another signs would decide by luck.</summary>
    [Theory]
    [InlineData("in.pdf", "out.pdf", "in.pdf", "out.pdf")]
    [InlineData("in.pdf", "in.pdf", "in.pdf", "out.pdf")]
    [InlineData("in.pdf", "out.pdf", "other.pdf", "in.pdf")]
    [InlineData("in.pdf", "out.pdf", "other.pdf", "./out.pdf")]
    public async Task Items_that_would_write_over_each_other_are_refused_before_any_is_signed(params string[] names)
    {
        TestPki pki = await TestPki.SharedAsync();
        _folder.Write("in.pdf", TestDocuments.TwoPages());
        _folder.Write("other.pdf", TestDocuments.TwoPages());
        BatchItem[] items = [.. names.Chunk(2).Select(pair => new BatchItem { InputPath = _folder.PathTo(pair[0]), OutputPath = _folder.PathTo(pair[1]), Credential = pki.Enterprise })];
        await Assert.ThrowsAsync<ArgumentException>(() => new BatchSigner().SignAsync(items));
        Assert.Equal(TestDocuments.TwoPages(), File.ReadAllBytes(items[0].InputPath));
        Assert.Equal(2, Directory.GetFiles(_folder.Path).Length);
    }

    [Fact]
    public async Task Cancelling_keeps_what_is_done_and_leaves_nothing_half_written()
    {
        TestPki pki = await TestPki.SharedAsync();
        string path = _folder.Write("in.pdf", TestDocuments.TwoPages());
        using var cancellation = new CancellationTokenSource();
        BatchItem[] items = [.. Enumerable.Range(0, 5).Select(number => new BatchItem { InputPath = path, OutputPath = _folder.PathTo($"{number}.pdf"), Credential = pki.Enterprise })];
        var progress = new List<BatchResult>();
        var recorder = new Recorder(progress, _ => { if (progress.Count == 2) { cancellation.Cancel(); } });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new BatchSigner(1).SignAsync(items, recorder, cancellation.Token));
        Assert.Equal(["0.pdf", "1.pdf", "in.pdf"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Several_parties_sign_one_document_in_one_pass()
    {
        TestPki pki = await TestPki.SharedAsync();
        SigningCredential second = await pki.EnterpriseAsync("杭州样本软件有限公司", "91330100MA0000349D", SignatureAlgorithm.EcdsaP384Sha384);
        SigningCredential third = await pki.PersonAsync("张三", "11010519491231002X");
        var plan = new SigningPlan
        {
            Parties =
            [
                new SigningParty { Name = "甲方", Seal = Official.Place(SealPlacement.At(2, 80, 500)), Stamps = [Official.Place(SealPlacement.AcrossPages(PageEdge.Right))] },
                new SigningParty { Name = "乙方", Seal = Official.Place(SealPlacement.At(2, 300, 500)) },
                new SigningParty { Name = "丙方" },
            ],
        };
        string planned = _folder.PathTo("planned.pdf");
        await plan.WriteAsync(_folder.Write("in.pdf", TestDocuments.TwoPages()), planned);
        PadesLevel archive = PadesLevel.LTA(pki.Timestamps, await TestRevocation.ListsAsync(pki));
        string output = _folder.PathTo("signed.pdf");
        var counts = new List<int>();
        IReadOnlyList<SignatureReceipt> receipts = await new BatchSigner().SignInTurnAsync(
            planned,
            output,
            [
                (pki.Enterprise, plan.OptionsFor("甲方") with { Level = PadesLevel.T(pki.Timestamps) }),
                (second, plan.OptionsFor("乙方")),
                (third, plan.OptionsFor("丙方") with { Level = archive }),
            ],
            new Counter(counts));

        Assert.Equal(["甲方", "乙方", "丙方"], receipts.Select(receipt => receipt.FieldName));
        Assert.Equal([1, 2, 3], counts);
        Assert.Equal(receipts[^1].Length, new FileInfo(output).Length);
        Assert.Empty(Witness.QpdfComplaints(output));
        Assert.Equal(3, Witness.PdfSig(output).Count(entry => entry.IsValid));
        var file = new SignedFile(File.ReadAllBytes(output));
        Assert.Equal((2, 1), file.CheckTimestamps(pki, _folder));
        Assert.All(file.Signatures().Take(3), signature => Witness.OpenSslCms(signature.Value, signature.Covered, pki.Root.Certificate.ToPem(), _folder));

        string refused = _folder.PathTo("refused.pdf");
        await Assert.ThrowsAsync<SigningRefusedException>(() => new BatchSigner().SignInTurnAsync(planned, refused, [(second, plan.OptionsFor("乙方")), (second, plan.OptionsFor("乙方"))]));
        Assert.False(File.Exists(refused));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)] // with a cross-reference stream and object streams, and a certification under which the rest signs
    public async Task Fifty_parties_sign_one_document_and_every_witness_finds_fifty_valid_signatures(bool planned)
    {
        const int Count = 50;
        TestPki pki = await TestPki.SharedAsync();
        string input = _folder.Write("contract.pdf", planned ? TestPdf.WithPages(XrefStyle.Stream, pages: 3).ToBytes() : TestDocuments.Pages(3));
        SigningParty[] places = [.. Enumerable.Range(0, Count).Select(number => new SigningParty
        {
            Name = $"party{number}",
            Seal = Official.Place(SealPlacement.At(1 + (number / 20), 5 + (number % 5 * 110), 20 + (number / 5 % 4 * 125), width: 100)),
        })];
        var plan = new SigningPlan { Parties = places };
        if (planned)
        {
            await plan.WriteAsync(input, input);
        }

        string output = _folder.PathTo("signed.pdf");
        IReadOnlyList<SignatureReceipt> receipts = await new BatchSigner().SignInTurnAsync(input, output, [.. places.Select((place, number) => (
            pki.Enterprise,
            planned
                ? plan.OptionsFor(place.Name) with { Certification = number == 0 ? CertificationLevel.FormFilling : null }
                : new SignatureOptions { Seal = place.Seal, FieldName = place.Name }))]);

        Assert.Equal(places.Select(place => place.Name), receipts.Select(receipt => receipt.FieldName));
        Assert.Empty(Witness.QpdfComplaints(output));
        Assert.Equal(Count, Witness.PdfSig(output).Count(entry => entry.IsValid));
        var policy = new VerificationPolicy { TrustAnchors = new TrustAnchors([pki.Root.Certificate]), RevocationSource = null, UnknownRevocation = UnknownRevocation.Accept };
        VerificationResult result = await new PdfVerifier(policy).VerifyAsync(File.OpenRead(output), TestContext.Current.CancellationToken);
        Assert.Equal(Count, result.Signatures.Count);
        Assert.All(result.Signatures, signature => Assert.Equal(Indication.Passed, signature.Indication));
        Assert.Equal(receipts.Select(receipt => receipt.Length), receipts.Select(receipt => receipt.ByteRange.SecondStart + receipt.ByteRange.SecondLength));
    }

    [Fact]
    public async Task A_template_that_must_be_rewritten_first_is_signed_too()
    {
        TestPki pki = await TestPki.SharedAsync();
        byte[] broken = TestDocuments.TwoPages();
        int at = broken.AsSpan().LastIndexOf("startxref"u8);
        "99999999"u8.CopyTo(broken.AsSpan(at + 10));
        string path = _folder.Write("broken.pdf", broken);
        IReadOnlyList<BatchResult> results = await new BatchSigner().SignAsync([.. Enumerable.Range(0, 2).Select(number => new BatchItem { InputPath = path, OutputPath = _folder.PathTo($"{number}.pdf"), Credential = pki.Enterprise })]);
        Assert.All(results, result => Assert.Single(result.Receipt!.Notes));
        Assert.All(results, result => Assert.True(Assert.Single(Witness.PdfSig(result.Item.OutputPath)).IsValid));
    }

    private sealed class Recorder(List<BatchResult> steps, Action<BatchResult>? then = null) : IProgress<BatchResult>
    {
        public void Report(BatchResult value)
        {
            steps.Add(value);
            then?.Invoke(value);
        }
    }

    private sealed class Counter(List<int> counts) : IProgress<int>
    {
        public void Report(int value) => counts.Add(value);
    }
}
