using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using ESign.Pdf.Document;
using ESign.Pdf.Signing;
using ESign.Pdf.Verification;
using ESign.Pki.Certificates;
using ESign.Pki.Keys;
using ESign.Pki.Timestamping;

namespace ESign.Pdf.Tests.Verification;

/// <summary>What a signature says of itself is reported as it stands, and nothing is believed for it.</summary>
public class WrittenSignatureTests
{
    [Fact]
    public async Task Its_dictionary_its_locks_and_its_attributes_are_told()
    {
        SignedFixture fixture = await SignedFixture.CreateAsync();
        SignatureVerdict verdict = await fixture.VerifyFirstAsync(await fixture.SignAsync(options: new() { Lock = FieldLock.Include("other", "another.field") }));
        WrittenSignature written = verdict.Written;
        Assert.Equal(("Sig", "Adobe.PPKLite"), (written.Type, written.Filter));
        ByteRange range = verdict.ByteRange!.Value;
        Assert.Equal([0, range.FirstLength, range.SecondStart, range.SecondLength], written.ByteRange);
        Assert.Equal(["other", "another.field"], Assert.Single(written.FieldMdps).Fields);
        Assert.Equal("Include", written.Lock?.Action);
        Assert.Contains("1.2.840.113549.1.9.4", written.SignedAttributes);
        Assert.Null(written.SigningTimeAttribute); // PAdES carries the time in /M
    }

    [Fact]
    public async Task A_range_that_leaves_the_file_is_shown_as_written_and_its_signer_named_but_not_trusted()
    {
        SignedFixture fixture = await SignedFixture.CreateAsync();
        byte[] signed = await fixture.SignAsync();
        ByteRange range = (await fixture.VerifyFirstAsync(signed)).ByteRange!.Value;
        string length = range.SecondLength.ToString(CultureInfo.InvariantCulture);
        ForeignSignature.Replace(signed, $"{range.SecondStart} {length}", $"{range.SecondStart} {new string('9', length.Length)}");
        SignatureVerdict verdict = await fixture.VerifyFirstAsync(signed);
        Assert.Null(verdict.ByteRange);
        Assert.Equal([0, range.FirstLength, range.SecondStart, long.Parse(new string('9', length.Length), CultureInfo.InvariantCulture)], verdict.Written.ByteRange);
        Assert.Equal(fixture.Pki.Enterprise.Certificate, verdict.Certificate);
        Assert.False(verdict.Trusted || verdict.DigestIntact || verdict.SignatureIntact);
        Assert.Equal(Coverage.Invalid, verdict.Coverage);
    }

    [Fact]
    public async Task The_signer_of_a_value_that_encloses_content_is_named_but_not_trusted()
    {
        SignedFixture fixture = await SignedFixture.CreateAsync();
        ForeignSignature signature = await ForeignSignature.CreateAsync(fixture);
        (X509Certificate2 signer, Certificate root) = ForeignSignature.Issue(SignedFixture.Start, SignedFixture.Start.AddYears(1));
        SignatureVerdict verdict = await fixture.VerifyFirstAsync(signature.With(signature.Sign(signer, detached: false)), ForeignSignature.Trusting(fixture, root));
        Assert.Equal("Foreign Signer", verdict.Certificate?.Subject.CommonName);
        Assert.False(verdict.Trusted || verdict.DigestIntact || verdict.SignatureIntact);
    }

    /// <summary>ISO 32000-2 table 255: /Type is optional for a signature, and DocTimeStamp is required of a document timestamp.</summary>
    [Fact]
    public async Task A_document_timestamp_of_the_wrong_type_proves_its_time_and_makes_up_no_level()
    {
        SignedFixture fixture = await SignedFixture.CreateAsync();
        byte[] archived = await fixture.SignAsync(fixture.LTA);
        Assert.Equal(SignatureLevel.BLTA, (await fixture.VerifyFirstAsync(archived)).Level);
        ForeignSignature.Replace(archived, "/Type/DocTimeStamp", "/Type/Sig".PadRight(18));
        await StampAgainAsync(fixture, archived);

        VerificationResult result = await fixture.VerifyAsync(archived);
        Assert.True(result.Verdict == DocumentVerdict.Valid, LevelTests.Explain(result));
        Assert.Equal(SignatureLevel.BLT, result.Signatures[0].Level);
        Assert.Contains(result.Signatures[0].Timestamps, timestamp => timestamp is { Kind: TimestampKind.Document, Trusted: true });
        Assert.True(result.Signatures[1].IsDocumentTimestamp);
        Assert.Contains("/Type /DocTimeStamp", Assert.Single(result.Signatures[1].Missing), StringComparison.Ordinal);
    }

    /// <summary>EN 319 142-1 §6.3: what a signature encloses itself is not the document security store that B-LT requires.</summary>
    [Fact]
    public async Task Evidence_inside_the_signature_makes_no_B_LT()
    {
        SignedFixture fixture = await SignedFixture.CreateAsync();
        ForeignSignature signature = await ForeignSignature.CreateAsync(fixture, await fixture.SignAsync(fixture.LT));
        (X509Certificate2 signer, _) = ForeignSignature.Issue(SignedFixture.Start, SignedFixture.Start.AddYears(1));
        byte[] value = signature.Sign(signer, attributes: [new AsnEncodedData("1.2.840.113583.1.1.8", Archival(EmptyList(signer.IssuerName)))]);
        VerificationResult result = await fixture.VerifyAsync(signature.With(await ForeignSignature.StampAsync(fixture, value)));
        Assert.Equal([SignatureLevel.BLT, SignatureLevel.BT], result.Signatures.Select(verdict => verdict.Level));
    }

    private static async Task StampAgainAsync(SignedFixture fixture, byte[] archived)
    {
        ByteRange range = (await fixture.VerifyAsync(archived)).Signatures[^1].ByteRange!.Value;
        byte[] covered = [.. archived.AsSpan(0, (int)range.FirstLength), .. archived.AsSpan((int)range.SecondStart)];
        TimestampToken token = await fixture.Pki.Timestamps.GetTimestampAsync(DigestAlgorithm.Sha256, SHA256.HashData(covered), TestContext.Current.CancellationToken);
        int room = (int)(range.SecondStart - range.FirstLength) - 2;
        Encoding.ASCII.GetBytes(Convert.ToHexString(token.RawData.Span).PadRight(room, '0')).CopyTo(archived, (int)range.FirstLength + 1);
    }

    private static byte[] EmptyList(X500DistinguishedName issuer)
    {
        using var key = RSA.Create(2048);
        return new CertificateRevocationListBuilder().Build(issuer, X509SignatureGenerator.CreateForRSA(key, RSASignaturePadding.Pkcs1), 1, SignedFixture.Start.AddYears(1), HashAlgorithmName.SHA256, X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier([1, 2, 3]), SignedFixture.Start);
    }

    // RevocationInfoArchival ::= SEQUENCE { crl [0] EXPLICIT SEQUENCE OF CRL, … }
    private static byte[] Archival(byte[] crl)
    {
        var writer = new System.Formats.Asn1.AsnWriter(System.Formats.Asn1.AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence(new System.Formats.Asn1.Asn1Tag(System.Formats.Asn1.TagClass.ContextSpecific, 0)))
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue(crl);
        }

        return writer.Encode();
    }
}
