using ESign.Pdf.LongTerm;
using ESign.Pdf.Signing;
using ESign.Pdf.Tests.Signing;
using ESign.Pki.Certificates;
using ESign.Pki.Keys;
using ESign.Pki.Revocation;
using ESign.Pki.Timestamping;
using ESign.Testing;

namespace ESign.Pdf.Tests.LongTerm;

/// <summary>B-LT and B-LTA, at signing time and afterwards, renewed, and judged by openssl, qpdf and pdfsig.</summary>
public sealed class LongTermTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("B-LT", false, false)]
    [InlineData("B-LT", true, false)]
    [InlineData("B-LT", false, true)]
    [InlineData("B-LTA", false, false)]
    [InlineData("B-LTA", true, false)]
    [InlineData("B-LTA", true, true)]
    public async Task Evidence_is_complete_whether_added_at_signing_or_later(string name, bool later, bool ocsp)
    {
        TestPki pki = await TestPki.SharedAsync();
        IRevocationSource revocation = ocsp ? await TestRevocation.AnswersAsync(pki) : await TestRevocation.ListsAsync(pki);
        PadesLevel level = name == "B-LT" ? PadesLevel.LT(pki.Timestamps, revocation) : PadesLevel.LTA(pki.Timestamps, revocation);
        byte[] signed = await SigningPlanTests.SignAsync(pki.Enterprise, TestDocuments.TwoPages(), new SignatureOptions { Level = later ? PadesLevel.T(pki.Timestamps) : level });
        byte[] bytes = signed;
        if (later)
        {
            (bytes, ExtensionReceipt receipt) = await ExtendAsync(signed, level);
            Assert.Equal(name, receipt.Level);
            Assert.Equal(bytes.Length, receipt.Length);
            Assert.True(bytes.AsSpan().StartsWith(signed));
        }

        var file = new SignedFile(bytes);
        AssertSound(file, pki);
        Assert.Equal((1, name == "B-LTA" ? 1 : 0), file.CheckTimestamps(pki, _folder));
        (IReadOnlyDictionary<string, IReadOnlyList<byte[]>> values, IReadOnlyDictionary<string, string> vri) = file.Store();
        Assert.Equal([file.Signatures()[0].VriKey], vri.Keys);
        AssertHolds(values["Certs"], pki.Enterprise.Certificate, pki.Timestamps.Certificate, pki.Issuing.Certificate, pki.Root.Certificate);
        Assert.Equal(ocsp ? 1 : 2, values["CRLs"].Count);
        Assert.Equal(ocsp ? 2 : 0, values["OCSPs"].Count);
        Assert.All(values["OCSPs"], response => AssertHolds(values["Certs"], [.. OcspResponse.Decode(response).Certificates]));
    }

    [Fact]
    public async Task Renewing_adds_evidence_for_the_last_document_timestamp_and_rewrites_nothing()
    {
        TestPki pki = await TestPki.SharedAsync();
        PadesLevel level = PadesLevel.LTA(pki.Timestamps, await TestRevocation.ListsAsync(pki));
        byte[] first = await SigningPlanTests.SignAsync(pki.Enterprise, TestDocuments.TwoPages(), new SignatureOptions { Level = level });
        (byte[] second, ExtensionReceipt receipt) = await ExtendAsync(first, level);
        (byte[] third, _) = await ExtendAsync(second, PadesLevel.LTA(pki.Timestamps, await TestRevocation.ListsAsync(pki)));

        Assert.True(third.AsSpan().StartsWith(second) && second.AsSpan().StartsWith(first));
        Assert.Equal(pki.Timestamps.Certificate.NotAfter, receipt.ValidUntil);
        Assert.True(receipt.RenewBefore < receipt.ValidUntil && receipt.RenewBefore > receipt.TimestampTime);
        var file = new SignedFile(third);
        AssertSound(file, pki);
        Assert.Equal((1, 3), file.CheckTimestamps(pki, _folder));

        string[] keys = [.. file.Signatures().Select(signature => signature.VriKey)];
        IReadOnlyDictionary<string, string> before = new SignedFile(first).Store().Vri;
        IReadOnlyDictionary<string, string> middle = new SignedFile(second).Store().Vri;
        (IReadOnlyDictionary<string, IReadOnlyList<byte[]>> values, IReadOnlyDictionary<string, string> after) = file.Store();
        Assert.Equal(keys[..1], before.Keys);
        Assert.Equal(keys[..2].Order(StringComparer.Ordinal), middle.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(keys[..3].Order(StringComparer.Ordinal), after.Keys.Order(StringComparer.Ordinal));
        Assert.All(before, entry => Assert.Equal(entry.Value, after[entry.Key]));
        Assert.All(middle, entry => Assert.Equal(entry.Value, after[entry.Key]));
        Assert.Equal(values["Certs"].Count, values["Certs"].Select(Convert.ToHexString).Distinct().Count());
        Assert.Equal(4, values["Certs"].Count);
        Assert.Equal(4, values["CRLs"].Count); // two authorities, asked twice
    }

    [Fact]
    public async Task Renewing_falls_back_on_the_evidence_in_the_document_when_a_service_is_gone()
    {
        TestPki pki = await TestPki.SharedAsync();
        byte[] archived = await SigningPlanTests.SignAsync(pki.Enterprise, TestDocuments.TwoPages(), new SignatureOptions { Level = PadesLevel.LTA(pki.Timestamps, await TestRevocation.ListsAsync(pki)) });
        (byte[] renewed, _) = await ExtendAsync(archived, PadesLevel.LTA(pki.Timestamps, new GivenRevocationSource([], [])));
        var file = new SignedFile(renewed);
        Assert.Equal((1, 2), file.CheckTimestamps(pki, _folder));
        Assert.Equal(2, file.Store().Values["CRLs"].Count);
    }

    [Fact]
    public async Task A_signature_without_a_timestamp_gets_a_document_timestamp_with_its_evidence()
    {
        TestPki pki = await TestPki.SharedAsync();
        PadesLevel level = PadesLevel.LT(pki.Timestamps, await TestRevocation.ListsAsync(pki));
        byte[] signed = await SigningPlanTests.SignAsync(pki.Enterprise, TestDocuments.TwoPages(), new SignatureOptions());
        (byte[] extended, ExtensionReceipt receipt) = await ExtendAsync(signed, level);
        Assert.Equal("B-LTA", receipt.Level);
        Assert.Equal((0, 1), new SignedFile(extended).CheckTimestamps(pki, _folder));
        (byte[] again, ExtensionReceipt second) = await ExtendAsync(extended, level);
        Assert.Equal("B-LT", second.Level);
        Assert.Equal((0, 1), new SignedFile(again).CheckTimestamps(pki, _folder));
    }

    [Fact]
    public async Task Several_signatures_are_extended_together()
    {
        TestPki pki = await TestPki.SharedAsync();
        SigningCredential other = await pki.EnterpriseAsync("杭州样本软件有限公司", "91330100MA0000349D");
        byte[] document = await SigningPlanTests.SignAsync(pki.Enterprise, TestDocuments.TwoPages(), new SignatureOptions { Level = PadesLevel.T(pki.Timestamps) });
        document = await SigningPlanTests.SignAsync(other, document, new SignatureOptions { Level = PadesLevel.T(pki.Timestamps) });
        (byte[] extended, _) = await ExtendAsync(document, PadesLevel.LTA(pki.Timestamps, await TestRevocation.AnswersAsync(pki)));
        var file = new SignedFile(extended);
        AssertSound(file, pki);
        Assert.Equal((2, 1), file.CheckTimestamps(pki, _folder));
        Assert.Equal(2, file.Store().Vri.Count);
    }

    [Fact]
    public async Task Evidence_that_is_of_somebody_else_does_not_count()
    {
        TestPki pki = await TestPki.SharedAsync();
        TestPki namesake = await TestPki.CreateAsync();
        IRevocationSource wrong = new GivenRevocationSource([await TestRevocation.ListAsync(namesake.Issuing), await TestRevocation.ListAsync(namesake.Root)], []);
        await Assert.ThrowsAsync<RevocationUnavailableException>(() => SigningPlanTests.SignAsync(pki.Enterprise, TestDocuments.TwoPages(), new SignatureOptions { Level = PadesLevel.LT(pki.Timestamps, wrong) }));
        IRevocationSource half = new GivenRevocationSource([await TestRevocation.ListAsync(pki.Issuing)], []);
        RevocationUnavailableException missing = await Assert.ThrowsAsync<RevocationUnavailableException>(() => SigningPlanTests.SignAsync(pki.Enterprise, TestDocuments.TwoPages(), new SignatureOptions { Level = PadesLevel.LT(pki.Timestamps, half) }));
        Assert.Contains("ESign Test Issuing CA", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_a_service_fails_nothing_is_written_or_a_lower_level_that_the_receipt_states()
    {
        TestPki pki = await TestPki.SharedAsync();
        var none = new GivenRevocationSource([], []);
        foreach ((PadesLevel level, string reached) in new[] { (PadesLevel.T(new SilentTimestamps()), "B-B"), (PadesLevel.LTA(new SilentTimestamps(), none), "B-B"), (PadesLevel.LT(pki.Timestamps, none), "B-T") })
        {
            var output = new MemoryStream();
            var options = new SignatureOptions { Level = level };
            await Assert.ThrowsAnyAsync<Exception>(() => new PdfSigner(pki.Enterprise).SignAsync(new MemoryStream(TestDocuments.TwoPages()), output, options));
            Assert.Equal(0, output.Length);
            SignatureReceipt receipt = await new PdfSigner(pki.Enterprise).SignAsync(new MemoryStream(TestDocuments.TwoPages()), output, options with { Level = level.OrLower() });
            Assert.Equal(reached, receipt.Level);
            Assert.Contains(receipt.Notes, note => note.Contains(reached, StringComparison.Ordinal));
            Assert.True(Assert.Single(Witness.PdfSig(_folder.Write("lower.pdf", output.ToArray()))).IsValid);
        }
    }

    [Fact]
    public async Task An_unsigned_document_is_not_extended()
    {
        TestPki pki = await TestPki.SharedAsync();
        var output = new MemoryStream();
        await Assert.ThrowsAsync<InvalidOperationException>(() => new PdfExtender(PadesLevel.LT(pki.Timestamps, new GivenRevocationSource([], []))).ExtendAsync(new MemoryStream(TestDocuments.TwoPages()), output));
        Assert.Equal(0, output.Length);
        Assert.Throws<ArgumentException>(() => new PdfExtender(PadesLevel.T(pki.Timestamps)));
    }

    private static async Task<(byte[] Extended, ExtensionReceipt Receipt)> ExtendAsync(byte[] signed, PadesLevel level)
    {
        var output = new MemoryStream();
        ExtensionReceipt receipt = await new PdfExtender(level).ExtendAsync(new MemoryStream(signed), output);
        return (output.ToArray(), receipt);
    }

    private void AssertSound(SignedFile file, TestPki pki)
    {
        string path = _folder.Write("file.pdf", file.Bytes);
        Assert.Empty(Witness.QpdfComplaints(path));
        Assert.All(Witness.PdfSig(path).Where(entry => !entry.Field.StartsWith("Timestamp", StringComparison.Ordinal)), entry => Assert.True(entry.IsValid, entry.Text));
        (byte[] covered, byte[] value, _) = file.Signatures()[0];
        Witness.OpenSslCms(value, covered, pki.Root.Certificate.ToPem(), _folder);
    }

    private static void AssertHolds(IReadOnlyList<byte[]> encoded, params Certificate[] certificates) =>
        Assert.All(certificates, certificate => Assert.Contains(encoded, known => certificate.RawData.Span.SequenceEqual(known)));
}
