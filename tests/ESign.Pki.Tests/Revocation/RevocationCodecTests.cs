using System.Formats.Asn1;
using System.Security.Cryptography;
using ESign.Pki.Asn1;
using ESign.Pki.Certificates;
using ESign.Pki.Revocation;
using ESign.Pki.Tests.Validation;
using ESign.Testing;

namespace ESign.Pki.Tests.Revocation;

/// <summary>CRLs and OCSP messages, both ways, with openssl as witness.</summary>
public sealed class RevocationCodecTests : IDisposable
{
    private readonly TestAuthority _root = TestAuthority.Root();
    private readonly string _folder = Directory.CreateTempSubdirectory("esign-").FullName;

    [Fact]
    public void A_response_reads_back_as_written_and_openssl_verifies_it()
    {
        Certificate leaf = _root.Leaf();
        var single = new OcspSingleResponse(CertificateId.Create(_root.Certificate, leaf.SerialNumber), OcspCertificateStatus.Revoked, TestAuthority.Now)
        {
            NextUpdate = TestAuthority.Now.AddDays(1),
            RevokedAt = TestAuthority.Now.AddDays(-1),
            Reason = RevocationReason.KeyCompromise,
            Extensions = [OcspEncoding.ArchiveCutoffExtension(TestAuthority.From)],
        };
        OcspResponse response = TestAuthority.Ocsp(_root.Certificate, _root.SignBytes, single, TestAuthority.Now, _root.Certificate);

        OcspSingleResponse read = Assert.Single(response.Responses);
        Assert.Equal((single.Status, single.ThisUpdate, single.NextUpdate, single.RevokedAt, single.Reason), (read.Status, read.ThisUpdate, read.NextUpdate, read.RevokedAt, read.Reason));
        Assert.True(read.Id.Names(leaf, _root.Certificate));
        Assert.Equal(TestAuthority.Now, response.ProducedAt);
        string file = Path.Combine(_folder, "response.der");
        File.WriteAllBytes(file, response.RawData.ToArray());
        string root = Path.Combine(_folder, "root.pem");
        File.WriteAllText(root, _root.Certificate.ToPem());
        Tool openssl = Tool.Run("openssl", "ocsp", "-respin", file, "-CAfile", root, "-text");
        Assert.Contains("Response verify OK", openssl.Error, StringComparison.Ordinal);
        Assert.Contains("Revocation Reason: keyCompromise", openssl.Output, StringComparison.Ordinal);
        Assert.Contains("Archive Cutoff", openssl.Output, StringComparison.Ordinal);
    }

    [Fact] // RFC 5280 §4.1: SIZE (1..MAX); responders in use write the empty list, and openssl reads it too
    public void An_empty_list_of_extensions_is_no_extension()
    {
        var single = new OcspSingleResponse(CertificateId.Create(_root.Certificate, _root.Leaf().SerialNumber), OcspCertificateStatus.Good, TestAuthority.Now);
        byte[] written = OcspResponse.EncodeResponseData(SHA1.HashData(SubjectPublicKeyInfo.Decode(_root.Certificate.SubjectPublicKeyInfo).PublicKey.Span), TestAuthority.Now, [single], []);
        var data = new AsnWriter(AsnEncodingRules.DER);
        using (data.PushSequence())
        {
            for (DerReader members = DerReader.OpenSequence(written); members.HasData;)
            {
                data.WriteEncodedValue(members.ReadEncodedValue().Span);
            }

            using (data.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 1)))
            using (data.PushSequence())
            {
            }
        }

        byte[] encoded = OcspResponse.Encode(data.Encode(), new AlgorithmIdentifier("1.2.840.10045.4.3.2"), _root.SignBytes(data.Encode()), [_root.Certificate]);
        Assert.Empty(OcspResponse.Decode(encoded).Extensions);
        string file = Path.Combine(_folder, "empty.der");
        File.WriteAllBytes(file, encoded);
        Assert.Contains("Cert Status: good", Tool.Run("openssl", "ocsp", "-respin", file, "-noverify", "-text").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_request_is_the_one_openssl_makes()
    {
        Certificate leaf = _root.Leaf();
        string root = Path.Combine(_folder, "root.pem");
        string target = Path.Combine(_folder, "leaf.pem");
        string request = Path.Combine(_folder, "request.der");
        File.WriteAllText(root, _root.Certificate.ToPem());
        File.WriteAllText(target, leaf.ToPem());
        Assert.Equal(0, Tool.Run("openssl", "ocsp", "-issuer", root, "-cert", target, "-no_nonce", "-reqout", request).ExitCode);

        Assert.Equal(Convert.ToHexString(File.ReadAllBytes(request)), Convert.ToHexString(OcspRequest.Create(leaf, _root.Certificate).RawData.Span));
    }

    [Fact]
    public void A_nonce_survives_the_round_trip()
    {
        byte[] nonce = RandomNumberGenerator.GetBytes(32);
        OcspRequest request = OcspRequest.Decode(OcspRequest.Create(_root.Leaf(), _root.Certificate, nonce).RawData);
        Assert.Equal(nonce, request.Nonce!.Value.ToArray());
        Assert.Null(OcspRequest.Create(_root.Leaf(), _root.Certificate).Nonce);
    }

    [Theory] // RFC 6960 §4.2.1: the five-octet answers of RFC 5019 caches
    [InlineData(OcspResponseStatus.MalformedRequest, "30030A0101")]
    [InlineData(OcspResponseStatus.TryLater, "30030A0103")]
    [InlineData(OcspResponseStatus.Unauthorized, "30030A0106")]
    public void An_error_is_five_octets(object status, string expected)
    {
        byte[] encoded = OcspResponse.EncodeError((OcspResponseStatus)status);
        Assert.Equal(expected, Convert.ToHexString(encoded));
        Assert.Equal(status, OcspResponse.Decode(encoded).Status);
    }

    [Fact]
    public void A_list_is_read_as_openssl_reads_it()
    {
        Certificate revoked = _root.Leaf("CN=Revoked");
        CertificateRevocationList crl = _root.Crl(TestAuthority.Entry(revoked, TestAuthority.Now.AddDays(-2), RevocationReason.CessationOfOperation));

        Assert.Equal(1, crl.EntryCount);
        Assert.Equal([5], crl.Number!.Value.ToArray());
        Assert.False(crl.IsDelta);
        Assert.Equal(RevocationReason.CessationOfOperation, crl.Find(_root.Certificate.Subject, revoked.SerialNumber)!.Reason);
        Assert.Null(crl.Find(revoked.Subject, revoked.SerialNumber));
        string file = Path.Combine(_folder, "list.der");
        File.WriteAllBytes(file, crl.RawData.ToArray());
        Assert.Contains("Serial Number: " + revoked.SerialNumberHex.ToUpperInvariant(), Tool.Run("openssl", "crl", "-inform", "DER", "-in", file, "-noout", "-text").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void No_damaged_byte_escapes_as_another_exception()
    {
        byte[] crl = _root.Crl(TestAuthority.Entry(_root.Leaf(), TestAuthority.Now, RevocationReason.Superseded)).RawData.ToArray();
        byte[] response = TestAuthority.Ocsp(_root.Certificate, _root.SignBytes, new OcspSingleResponse(CertificateId.Create(_root.Certificate, new byte[] { 1 }), OcspCertificateStatus.Good, TestAuthority.Now), null, _root.Certificate).RawData.ToArray();
        foreach (byte[] original in new[] { crl, response })
        {
            for (int i = 0; i < original.Length; i++)
            {
                byte[] damaged = [.. original];
                damaged[i] ^= 0x5A;
                CertificateRevocationList.TryDecode(damaged, out _);
                OcspResponse.TryDecode(damaged, out _);
                Assert.False(CertificateRevocationList.TryDecode(original.AsMemory(0, i), out _) || OcspResponse.TryDecode(original.AsMemory(0, i), out _));
            }
        }
    }

    [Fact] // RFC 5280 §5.2.5
    public void An_empty_scope_is_refused() =>
        Assert.Throws<Asn1FormatException>(() => _root.Crl(null, null, null, ("2.5.29.28", true, [0x30, 0])));

    [Fact] // X.509 §7.3
    public void A_list_with_two_extensions_of_one_kind_is_refused()
    {
        Certificate leaf = _root.Leaf();
        (string, bool, byte[]) point = ("2.5.29.28", true, TestExtensions.IssuingPoint("http://crl.example/1", indirect: false));
        Assert.Contains("2.5.29.28", Assert.Throws<Asn1FormatException>(() => _root.Crl(null, null, null, point, point)).Message, StringComparison.Ordinal);
        Assert.Throws<Asn1FormatException>(() => _root.Crl(TestAuthority.Entry(leaf, TestAuthority.Now, RevocationReason.KeyCompromise, unknownCritical: "2.5.29.21")));
    }

    public void Dispose()
    {
        _root.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
