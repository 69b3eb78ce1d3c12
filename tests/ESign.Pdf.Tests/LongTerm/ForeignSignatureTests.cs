using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using ESign.Pdf.Document;
using ESign.Pdf.LongTerm;
using ESign.Pdf.Objects;
using ESign.Pdf.Signing;
using ESign.Pdf.Tests.Signing;
using ESign.Pki.Asn1;
using ESign.Pki.Certificates;
using ESign.Pki.Cms;
using ESign.Pki.Issuance;
using ESign.Pki.Keys;
using ESign.Pki.Revocation;
using ESign.Pki.Timestamping;
using ESign.Testing;
using ESign.Testing.PdfBuilder;
using ESign.Tsa;

namespace ESign.Pdf.Tests.LongTerm;

/// <summary>Extending what other programs signed: signatures that lack certificates, stores that are damaged, evidence that says no.</summary>
public sealed class ForeignSignatureTests
{
    [Fact]
    public async Task A_signature_without_its_certificate_is_extended_once_the_certificate_is_given()
    {
        TestPki pki = await TestPki.SharedAsync();
        PadesLevel level = PadesLevel.LTA(pki.Timestamps, await TestRevocation.ListsAsync(pki));
        byte[] signed = await SignedWithoutCertificatesAsync(pki);
        RevocationUnavailableException refused = await Assert.ThrowsAsync<RevocationUnavailableException>(() => ExtendAsync(signed, level));
        Assert.Contains("signer's certificate", refused.Message, StringComparison.Ordinal);

        (byte[] extended, ExtensionReceipt receipt) = await ExtendAsync(signed, level, [pki.Enterprise.Certificate, .. pki.Enterprise.Issuers]);
        Assert.Equal("B-LTA", receipt.Level);
        Assert.Contains(new SignedFile(extended).Store().Values["Certs"], known => pki.Enterprise.Certificate.RawData.Span.SequenceEqual(known));
    }

    [Fact]
    public async Task Certificates_beside_a_bare_RSA_signature_get_their_evidence()
    {
        TestPki pki = await TestPki.SharedAsync();
        string certificates = string.Join(' ', new[] { pki.Enterprise.Certificate, pki.Issuing.Certificate, pki.Root.Certificate }.Select(one => $"<{Convert.ToHexString(one.RawData.Span)}>"));
        byte[] signed = WithSignature($"/SubFilter/adbe.x509.rsa_sha1/Cert[{certificates}]", "0402AAAA");
        (byte[] extended, ExtensionReceipt receipt) = await ExtendAsync(signed, PadesLevel.LTA(pki.Timestamps, await TestRevocation.ListsAsync(pki)));
        Assert.Equal("B-LTA", receipt.Level);
        Assert.Equal((3, 2), (new SignedFile(extended).Store().Values["Certs"].Count, new SignedFile(extended).Store().Values["CRLs"].Count));
    }

    [Fact]
    public async Task A_signature_that_cannot_be_read_is_not_said_to_last()
    {
        TestPki pki = await TestPki.SharedAsync();
        byte[] signed = WithSignature("/SubFilter/ETSI.CAdES.detached", "00000000");
        PadesLevel level = PadesLevel.LTA(pki.Timestamps, await TestRevocation.ListsAsync(pki));
        await Assert.ThrowsAsync<RevocationUnavailableException>(() => ExtendAsync(signed, level));
        (_, ExtensionReceipt receipt) = await ExtendAsync(signed, level.OrLower());
        Assert.Equal("B-T", receipt.Level);
        Assert.Contains(receipt.Notes, note => note.Contains("cannot be read", StringComparison.Ordinal));
    }

    [Fact]
    public async Task With_leave_to_be_lower_what_can_be_had_is_added_and_the_rest_named()
    {
        TestPki pki = await TestPki.SharedAsync();
        TestPki unknown = await TestPki.CreateAsync();
        byte[] signed = await SigningPlanTests.SignAsync(unknown.Enterprise, TestDocuments.TwoPages(), new SignatureOptions { FieldName = "Stranger" });
        signed = await SigningPlanTests.SignAsync(pki.Enterprise, signed, new SignatureOptions { FieldName = "Known", Level = PadesLevel.T(pki.Timestamps) });
        PadesLevel level = PadesLevel.LTA(pki.Timestamps, await TestRevocation.ListsAsync(pki));
        await Assert.ThrowsAsync<RevocationUnavailableException>(() => ExtendAsync(signed, level));

        (byte[] extended, ExtensionReceipt receipt) = await ExtendAsync(signed, level.OrLower());
        Assert.Equal("B-T", receipt.Level);
        Assert.NotNull(receipt.RenewBefore);
        Assert.Contains(receipt.Notes, note => note.Contains("\"Stranger\"", StringComparison.Ordinal));
        Assert.DoesNotContain(receipt.Notes, note => note.Contains("\"Known\"", StringComparison.Ordinal));
        Assert.Equal([new SignedFile(extended).Signatures()[1].VriKey], new SignedFile(extended).Store().Vri.Keys);

        // The same with the authority silent: evidence alone.
        (_, ExtensionReceipt evidence) = await ExtendAsync(signed, PadesLevel.LTA(new SilentTimestamps(), await TestRevocation.ListsAsync(pki)).OrLower());
        Assert.Equal("B-B", evidence.Level);
        Assert.Null(evidence.TimestampTime);
    }

    [Fact]
    public async Task Evidence_of_one_s_own_is_what_a_new_signature_needs_and_a_silent_archive_leaves_it_at_LT()
    {
        TestPki pki = await TestPki.SharedAsync();
        TestPki unknown = await TestPki.CreateAsync();
        byte[] signed = await SigningPlanTests.SignAsync(unknown.Enterprise, TestDocuments.TwoPages(), new SignatureOptions { Level = PadesLevel.T(unknown.Timestamps) });
        SignatureReceipt receipt = await SignAsync(pki, signed, PadesLevel.LTA(pki.Timestamps, new Only(await TestRevocation.ListsAsync(pki), pki)));
        Assert.Equal("B-LTA", receipt.Level);
        Assert.Contains(receipt.Notes, note => note.Contains("\"Signature1\"", StringComparison.Ordinal));
        Assert.Equal(pki.Timestamps.Certificate.NotAfter, receipt.ValidUntil);
        Assert.True(receipt.RenewBefore < receipt.ValidUntil);

        SignatureReceipt lower = await SignAsync(pki, TestDocuments.TwoPages(), PadesLevel.LTA(new Once(pki.Timestamps), await TestRevocation.ListsAsync(pki)).OrLower());
        Assert.Equal("B-LT", lower.Level);
        Assert.Null(lower.RenewBefore);
    }

    [Fact] // RFC 5280 §5.3.1: removeFromCRL
    public async Task A_certificate_whose_suspension_a_delta_lifts_signs()
    {
        TestPki pki = await TestPki.CreateAsync();
        string serial = pki.Enterprise.Certificate.SerialNumberHex;
        await pki.Issuing.RevokeAsync(serial, RevocationReason.CertificateHold);
        CertificateRevocationList complete = await TestRevocation.ListAsync(pki.Issuing);
        CertificateRevocationList root = await TestRevocation.ListAsync(pki.Root);
        PadesLevel held = PadesLevel.LT(pki.Timestamps, new GivenRevocationSource([complete, root], []));
        await Assert.ThrowsAsync<SigningRefusedException>(() => SignAsync(pki, TestDocuments.TwoPages(), held));

        await pki.Issuing.ReleaseAsync(serial);
        var delta = CertificateRevocationList.Decode((await new CrlPublisher(pki.Issuing).PublishDeltaAsync(complete)).RawData);
        PadesLevel released = PadesLevel.LT(pki.Timestamps, new GivenRevocationSource([complete, delta, root], []));
        Assert.Equal("B-LT", (await SignAsync(pki, TestDocuments.TwoPages(), released)).Level);
    }

    [Fact]
    public async Task A_revoked_certificate_signs_nothing_and_extending_says_that_it_is_revoked()
    {
        TestPki pki = await TestPki.CreateAsync();
        byte[] signed = await SigningPlanTests.SignAsync(pki.Enterprise, TestDocuments.TwoPages(), new SignatureOptions { Level = PadesLevel.T(pki.Timestamps) });
        await pki.Issuing.RevokeAsync(pki.Enterprise.Certificate.SerialNumberHex, RevocationReason.KeyCompromise);
        foreach (IRevocationSource revocation in new[] { await TestRevocation.ListsAsync(pki), await TestRevocation.AnswersAsync(pki) })
        {
            PadesLevel level = PadesLevel.LT(pki.Timestamps, revocation).OrLower();
            SigningRefusedException refused = await Assert.ThrowsAsync<SigningRefusedException>(() => SignAsync(pki, TestDocuments.TwoPages(), level));
            Assert.Equal(SigningRefusal.Certificate, refused.Code);
            (_, ExtensionReceipt receipt) = await ExtendAsync(signed, level);
            Assert.Equal("B-LT", receipt.Level);
            Assert.Contains("revoked at", Assert.Single(receipt.Notes), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Revocation_data_that_ran_out_before_the_signature_is_noted()
    {
        var clock = new ManualClock(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));
        TestPki pki = await TestPki.CreateAsync(clock: clock);
        CertificateRevocationList old = await TestRevocation.ListAsync(pki.Issuing);
        clock.Jump(old.NextUpdate!.Value - clock.GetUtcNow() + TimeSpan.FromHours(1));
        var output = new MemoryStream();
        await new PdfSigner(pki.Enterprise, clock).SignAsync(new MemoryStream(TestDocuments.TwoPages()), output, new SignatureOptions { Level = PadesLevel.T(pki.Timestamps) });

        (_, ExtensionReceipt stale) = await ExtendAsync(output.ToArray(), PadesLevel.LT(pki.Timestamps, new GivenRevocationSource([old, await TestRevocation.ListAsync(pki.Root)], [])));
        Assert.Contains(stale.Notes, note => note.Contains("CN=深圳示例科技有限公司", StringComparison.Ordinal) && note.Contains("had run out", StringComparison.Ordinal));
        (_, ExtensionReceipt fresh) = await ExtendAsync(output.ToArray(), PadesLevel.LT(pki.Timestamps, await TestRevocation.ListsAsync(pki)));
        Assert.Empty(fresh.Notes);
    }

    [Fact]
    public async Task A_store_with_a_damaged_stream_is_added_to()
    {
        TestPki pki = await TestPki.SharedAsync();
        byte[] signed = await SigningPlanTests.SignAsync(
            pki.Enterprise,
            TestPdf.WithPages(catalog: "/DSS<</Certs[30 0 R]/CRLs[99 0 R null 7]>>").Stream(30, "/Filter/FlateDecode", "this was never deflated").EndRevision(XrefStyle.Table, "/Root 1 0 R").ToBytes(),
            new SignatureOptions { Level = PadesLevel.T(pki.Timestamps) });
        (byte[] extended, ExtensionReceipt receipt) = await ExtendAsync(signed, PadesLevel.LT(pki.Timestamps, await TestRevocation.ListsAsync(pki)));
        Assert.Equal("B-LT", receipt.Level);
        using PdfDocument document = PdfDocument.Open(extended);
        var store = (PdfDictionary)document.Resolve(document.Catalog["DSS"]);
        Assert.Equal(30, ((PdfReference)((PdfArray)document.Resolve(store["Certs"]))[0]).Number);
    }

    [Fact]
    public async Task An_issuer_that_is_nowhere_is_fetched_or_named()
    {
        TestPki pki = await TestPki.SharedAsync();
        var alone = new SigningCredential(pki.Enterprise.Certificate, [pki.Issuing.Certificate], pki.Enterprise.Key);
        IRevocationSource lists = await TestRevocation.ListsAsync(pki);
        byte[] signed = await SigningPlanTests.SignAsync(alone, TestDocuments.TwoPages(), new SignatureOptions());
        var timestamps = new SilentTimestamps();
        (byte[] bare, ExtensionReceipt receipt) = await ExtendAsync(signed, PadesLevel.LT(timestamps, lists).OrLower());
        Assert.Contains(receipt.Notes, note => note.Contains("ESign Test Issuing CA", StringComparison.Ordinal) && note.Contains("trusted itself", StringComparison.Ordinal));
        Assert.Single(new SignedFile(bare).Store().Values["CRLs"]);

        (byte[] fetched, ExtensionReceipt whole) = await ExtendAsync(signed, PadesLevel.LT(timestamps, new Fetching(lists, pki.Root.Certificate)).OrLower());
        Assert.DoesNotContain(whole.Notes, note => note.Contains("trusted itself", StringComparison.Ordinal));
        Assert.Equal(2, new SignedFile(fetched).Store().Values["CRLs"].Count);
    }

    [Fact]
    public async Task Answers_nobody_known_signed_are_no_evidence()
    {
        TestPki pki = await TestPki.SharedAsync();
        var issued = await ((await TestRevocation.AnswersAsync(pki)).FindAsync(pki.Enterprise.Certificate, pki.Issuing.Certificate));
        byte[] forged = issued.OcspResponses[0].RawData.ToArray();
        int value = forged.AsSpan().IndexOf(issued.OcspResponses[0].SignatureValue.Span);
        forged[value + 10] ^= 1;
        var source = new GivenRevocationSource([await TestRevocation.ListAsync(pki.Root)], [OcspResponse.Decode(forged)]);
        await Assert.ThrowsAsync<RevocationUnavailableException>(() => SignAsync(pki, TestDocuments.TwoPages(), PadesLevel.LT(pki.Timestamps, source)));
    }

    /// <summary>Anybody can put thousands of timestamps into each other: a collector that went down all of them would run out of stack.</summary>
    [Theory]
    [InlineData(2, true)]
    [InlineData(8, false)]
    public async Task Timestamps_in_each_other_are_followed_a_few_levels(int levels, bool reachesInnermost)
    {
        TestPki pki = await TestPki.SharedAsync();
        byte[] info = (await pki.Timestamps.GetTimestampAsync(DigestAlgorithm.Sha256, new byte[32])).SignedData.Content!.Value.ToArray();
        Certificate innermost = TestSigner.Shared(SignatureAlgorithm.EcdsaP256Sha256).Root; // self-signed, as the others: none needs evidence
        byte[] token = Token(innermost);
        for (int level = 0; level < levels; level++)
        {
            token = Token(pki.Root.Certificate, PreparedSignedData.SignatureTimestamp(token));
        }

        using PdfDocument document = PdfDocument.Open(TestDocuments.TwoPages());
        var collector = new EvidenceCollector("Signature1", new GivenRevocationSource([], []), StoredEvidence.Read(document), new IssuerPool([]));
        await collector.AddAsync(SignedData.Decode(token), TestContext.Current.CancellationToken);
        Assert.Equal(reachesInnermost, collector.Evidence.Certificates.Any(certificate => certificate.Span.SequenceEqual(innermost.RawData.Span)));

        byte[] Token(Certificate authority, params CmsAttribute[] unsigned) =>
            new SignedDataBuilder(authority, [], SignatureAlgorithm.EcdsaP256Sha256, contentTypeOid: Oids.TimestampInfo).Prepare(new byte[32]).Complete(new byte[64], unsigned, info);
    }

    [Fact]
    public async Task Protection_ends_with_the_first_certificate_above_the_authority_that_ends()
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        using ECDsa rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256), middleKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 root = Request("CN=Root", rootKey, isAuthority: true).CreateSelfSigned(now.AddDays(-1), now.AddYears(30));
        using X509Certificate2 middle = Request("CN=Middle", middleKey, isAuthority: true).Create(root, now.AddDays(-1), now.AddYears(2), [1]);
        using ECDsa leafKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 leaf = Request("CN=TSA", leafKey, isAuthority: false).Create(middle.SubjectName, X509SignatureGenerator.CreateForECDsa(middleKey), now.AddDays(-1), now.AddYears(9), [2]);
        LocalSigningKey key = LocalSigningKey.FromPkcs8(leafKey.ExportPkcs8PrivateKey(), SignatureAlgorithm.EcdsaP256Sha256);
        Certificate[] issuers = [Certificate.FromX509Certificate2(middle), Certificate.FromX509Certificate2(root)];
        var authority = new TimestampAuthority(
            new SigningCredential(Certificate.FromX509Certificate2(leaf), issuers, key), new TimestampAuthorityOptions { Policies = [new TimestampPolicy("1.3.6.1.4.1.55555.1.1")] });
        TimestampToken token = await authority.GetTimestampAsync(DigestAlgorithm.Sha256, new byte[32]);
        ArchivePeriod period = ArchivePeriod.Of(token, new IssuerPool(issuers));
        Assert.Equal(issuers[0].NotAfter, period.ValidUntil);
        Assert.Equal(issuers[0].NotAfter - ((issuers[0].NotAfter - token.Time) / 10), period.RenewBefore);
    }

    private static CertificateRequest Request(string name, ECDsa key, bool isAuthority)
    {
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(isAuthority
            ? new X509BasicConstraintsExtension(true, false, 0, true)
            : new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.8")], critical: true));
        return request;
    }

    /// <summary>A signature dictionary as another program might have left it, over bytes that nobody looks at.</summary>
    private static byte[] WithSignature(string entries, string contents) => TestPdf.WithPages(catalog: "/AcroForm<</Fields[30 0 R]/SigFlags 3>>", page: "/Annots[30 0 R]")
        .Object(30, "<</Type/Annot/Subtype/Widget/FT/Sig/T(theirs)/Rect[0 0 0 0]/P 10 0 R/F 132/V 31 0 R>>")
        .Object(31, $"<</Type/Sig/Filter/Adobe.PPKLite{entries}/ByteRange[0 10 30 20]/Contents<{contents}>>>")
        .EndRevision(XrefStyle.Table, "/Root 1 0 R").ToBytes();

    private static async Task<byte[]> SignedWithoutCertificatesAsync(TestPki pki)
    {
        var draft = new MemoryStream();
        PreparedDocument prepared = await PreparedDocument.PrepareAsync(new MemoryStream(TestDocuments.TwoPages()), draft, DigestAlgorithm.Sha256);
        byte[] container = await new SignedDataBuilder(pki.Enterprise.Certificate, [], pki.Enterprise.Key.Algorithm).SignAsync(pki.Enterprise.Key, prepared.Digest);
        byte[] certificate = pki.Enterprise.Certificate.RawData.ToArray();
        int place = container.AsSpan().IndexOf(certificate);
        container[place + certificate.AsSpan().IndexOf(pki.Enterprise.Certificate.SerialNumber.Span)] ^= 1; // another certificate, of the same length
        byte[] signed = draft.ToArray();
        Encoding.ASCII.GetBytes(Convert.ToHexString(container)).CopyTo(signed, prepared.ByteRange.FirstLength + 1);
        return signed;
    }

    private static async Task<SignatureReceipt> SignAsync(TestPki pki, byte[] document, PadesLevel level) =>
        await new PdfSigner(pki.Enterprise).SignAsync(new MemoryStream(document), new MemoryStream(), new SignatureOptions { Level = level });

    private static async Task<(byte[] Extended, ExtensionReceipt Receipt)> ExtendAsync(byte[] signed, PadesLevel level, params Certificate[] certificates)
    {
        var output = new MemoryStream();
        ExtensionReceipt receipt = await new PdfExtender(level, certificates).ExtendAsync(new MemoryStream(signed), output);
        Assert.Equal(output.Length, receipt.Length);
        return (output.ToArray(), receipt);
    }

    private sealed class Once(ITimestampSource source) : ITimestampSource
    {
        private bool _hasAnswered;

        public int MaximumTokenSize => source.MaximumTokenSize;

        public ValueTask<TimestampToken> GetTimestampAsync(DigestAlgorithm algorithm, ReadOnlyMemory<byte> imprint, CancellationToken cancellationToken = default)
        {
            if (_hasAnswered)
            {
                throw new TimestampUnavailableException("https://tsa.example/ answered 503");
            }

            _hasAnswered = true;
            return source.GetTimestampAsync(algorithm, imprint, cancellationToken);
        }
    }

    /// <summary>The authorities of all test infrastructures have the same names: this source knows one of each alone.</summary>
    private sealed class Only(IRevocationSource source, TestPki pki) : IRevocationSource
    {
        public ValueTask<RevocationEvidence> FindAsync(Certificate certificate, Certificate issuer, CancellationToken cancellationToken = default) =>
            issuer.Equals(pki.Issuing.Certificate) || issuer.Equals(pki.Root.Certificate) ? source.FindAsync(certificate, issuer, cancellationToken) : new(RevocationEvidence.None);
    }

    private sealed class Fetching(IRevocationSource source, Certificate root) : IRevocationSource, IIssuerSource
    {
        public ValueTask<RevocationEvidence> FindAsync(Certificate certificate, Certificate issuer, CancellationToken cancellationToken = default) => source.FindAsync(certificate, issuer, cancellationToken);

        public ValueTask<IReadOnlyList<Certificate>> FindIssuersAsync(Certificate certificate, CancellationToken cancellationToken) => new([root]);
    }
}
