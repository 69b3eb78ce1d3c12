using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using ESign.Pki.Asn1;
using ESign.Pki.Certificates;
using ESign.Pki.Cms;
using ESign.Pki.Keys;
using ESign.Pki.Timestamping;
using ESign.Testing;
using SignerInfo = ESign.Pki.Cms.SignerInfo;

namespace ESign.Tsa.Tests;

/// <summary>The authority's tokens and refusals.</summary>
public sealed class TimestampAuthorityTests
{
    private static readonly byte[] s_data = "中文合同 / contract"u8.ToArray();
    private static readonly byte[] s_imprint = DigestAlgorithm.Sha256.Compute(s_data);

    [Fact]
    public async Task A_token_states_what_its_policy_promises()
    {
        using TestSigner signer = TsaFixture.Signer();
        TimestampAuthority authority = TsaFixture.Authority(signer, policies: new TimestampPolicy(TsaFixture.Policy) { Accuracy = TimeSpan.FromMilliseconds(250) });
        var request = new TimestampRequest(DigestAlgorithm.Sha256, s_imprint, TimestampRequest.CreateNonce());

        TimestampResponse response = TimestampResponse.Decode(await authority.RespondAsync(request.Encode()));

        TimestampToken token = response.Token!;
        Assert.Equal(TimestampStatus.Granted, response.Status);
        Assert.True(token.Verify(request).IsValid);
        Assert.True(token.Verify(SignedContent.FromBytes(s_data)).IsValid);
        Assert.Equal(TsaFixture.Noon, token.Time);
        Assert.Equal(TsaFixture.Policy, token.Info.PolicyOid);
        Assert.Equal(TimeSpan.FromMilliseconds(250), token.Info.Accuracy!.Value.ToTimeSpan());
        Assert.Equal(request.Nonce.ToArray(), token.Info.Nonce.ToArray());
        Assert.False(token.Info.IsOrdered);
        Assert.Equal(20, token.Info.SerialNumber.Length);
        Assert.InRange(token.Info.SerialNumber.Span[0], 0x40, 0x7F);
        Assert.Equal(3, token.SignedData.Version);
        SignerInfo info = Assert.Single(token.SignedData.SignerInfos);
        Assert.Equal(
            [Oids.SigningCertificateV2, Oids.ContentType, Oids.MessageDigest, Oids.CmsAlgorithmProtection],
            info.SignedAttributes.Select(static attribute => attribute.Oid).Order(StringComparer.Ordinal).ToArray());
        EssCertificateId id = Assert.Single(EssCertificateId.DecodeAttribute(info.FindSignedAttribute(Oids.SigningCertificateV2)!.Values[0], version2: true));
        Assert.Equal(signer.Certificate.SerialNumber.ToArray(), id.SerialNumber.ToArray());
        Assert.InRange(token.RawData.Length, 1, authority.MaximumTokenSize);
        Assert.Equal(token.RawData.ToArray(), BerConverter.ToDer(token.RawData, sortSets: true)); // DER throughout
    }

    /// <summary>A key that signs wrongly, as a broken device would: what is verified does not leave.</summary>
    [Theory]
    [InlineData(1, new[] { false, false, false, false, false })]
    [InlineData(4, new[] { false, true, true, true, false })]
    public async Task A_token_with_a_wrong_signature_does_not_leave_where_signatures_are_verified(int oneIn, bool[] granted)
    {
        using TestSigner signer = TsaFixture.Signer();
        var credential = new SigningCredential(signer.Certificate, [signer.Root], new FaultyKey(signer.Key));
        var authority = new TimestampAuthority(credential, new TimestampAuthorityOptions { Policies = [new TimestampPolicy(TsaFixture.Policy)], VerifyOneIn = oneIn }, new ManualClock(TsaFixture.Noon));
        var answers = new List<bool>();
        for (int i = 0; i < granted.Length; i++)
        {
            TimestampResponse response = await authority.IssueAsync(new TimestampRequest(DigestAlgorithm.Sha256, s_imprint));
            answers.Add(response.Status == TimestampStatus.Granted);
            Assert.True(answers[^1] || response.FailureInfo == TimestampFailureInfo.SystemFailure);
        }

        Assert.Equal(granted, answers);
        Assert.Throws<ArgumentOutOfRangeException>(() => new TimestampAuthorityOptions { Policies = [], VerifyOneIn = 0 });
    }

    private sealed class FaultyKey(LocalSigningKey key) : ISigningKey
    {
        public SignatureAlgorithm Algorithm => key.Algorithm;

        public ReadOnlyMemory<byte> SubjectPublicKeyInfo => key.SubjectPublicKeyInfo;

        public async ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken = default) =>
            await key.SignAsync(new byte[] { 1 }.Concat(data.ToArray()).ToArray(), cancellationToken);
    }

    public static TheoryData<string> Algorithms => [.. SignatureAlgorithm.All.Select(static algorithm => algorithm.Name)];

    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task Tokens_of_every_key_verify(string name)
    {
        using TestSigner signer = TsaFixture.Signer(SignatureAlgorithm.All.Single(algorithm => algorithm.Name == name));
        TimestampToken token = await TsaFixture.Authority(signer).GetTimestampAsync(DigestAlgorithm.Sm3, DigestAlgorithm.Sm3.Compute(s_data));
        Assert.True(token.Verify(SignedContent.FromBytes(s_data)).IsValid);
    }

    [Theory]
    [InlineData("ECDSA-P256-SHA256")]
    [InlineData("RSA-PKCS1-SHA256")]
    [InlineData("ECDSA-P384-SHA384")]
    public async Task Openssl_ts_verifies_our_response_and_our_token(string name)
    {
        using TestSigner signer = TsaFixture.Signer(SignatureAlgorithm.All.Single(algorithm => algorithm.Name == name));
        using var folder = new TemporaryFolder();
        string data = folder.Write("data", s_data);
        Assert.Equal(0, Tool.Run("openssl", "ts", "-query", "-data", data, "-sha256", "-cert", "-out", folder.PathTo("tsq")).ExitCode);
        byte[] answer = await TsaFixture.Authority(signer).RespondAsync(File.ReadAllBytes(folder.PathTo("tsq")));
        string response = folder.Write("tsr", answer);
        string token = folder.Write("token", TimestampResponse.Decode(answer).Token!.RawData.ToArray());
        string root = Pem(folder, signer.Root);

        Tool byQuery = Tool.Run("openssl", "ts", "-verify", "-queryfile", folder.PathTo("tsq"), "-in", response, "-CAfile", root);
        Tool byData = Tool.Run("openssl", "ts", "-verify", "-data", data, "-in", token, "-token_in", "-CAfile", root);

        Assert.Contains("Verification: OK", byQuery.Output, StringComparison.Ordinal);
        Assert.Contains("Verification: OK", byData.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_platform_verifies_our_token()
    {
        using TestSigner signer = TsaFixture.Signer();
        TimestampToken token = await TsaFixture.Authority(signer).GetTimestampAsync(DigestAlgorithm.Sha256, s_imprint);
        Assert.True(Rfc3161TimestampToken.TryDecode(token.RawData, out Rfc3161TimestampToken? witness, out _));
        Assert.True(witness.VerifySignatureForData(s_data, out X509Certificate2? certificate));
        Assert.Equal(signer.Certificate.RawData.ToArray(), certificate!.RawData);
        Assert.Equal(TsaFixture.Noon, witness.TokenInfo.Timestamp);
    }

    [Fact]
    public async Task Tokens_of_openssl_ts_are_accepted()
    {
        using TestSigner signer = TsaFixture.Signer(SignatureAlgorithm.RsaPkcs1Sha256);
        using var folder = new TemporaryFolder();
        Pem(folder, signer.Certificate, "signer.pem");
        string root = Pem(folder, signer.Root);
        File.WriteAllText(folder.PathTo("key.pem"), PemEncoding.WriteString("PRIVATE KEY", signer.Key.ExportPkcs8()));
        File.WriteAllText(folder.PathTo("serial"), "01");
        File.WriteAllText(folder.PathTo("tsa.cnf"), $"""
            [tsa]
            default_tsa = t
            [t]
            serial = {folder.PathTo("serial")}
            signer_cert = {folder.PathTo("signer.pem")}
            certs = {root}
            signer_key = {folder.PathTo("key.pem")}
            signer_digest = sha256
            default_policy = 1.2.3.4.1
            digests = sha256, sha512
            accuracy = secs:1, millisecs:500, microsecs:100
            ess_cert_id_chain = yes
            ess_cert_id_alg = sha256
            """);
        var request = new TimestampRequest(DigestAlgorithm.Sha512, DigestAlgorithm.Sha512.Compute(s_data), TimestampRequest.CreateNonce());
        string query = folder.Write("tsq", request.Encode());
        Tool openssl = Tool.Run("openssl", "ts", "-reply", "-config", folder.PathTo("tsa.cnf"), "-queryfile", query, "-out", folder.PathTo("tsr"));
        Assert.True(openssl.ExitCode == 0, openssl.Error);

        TimestampResponse response = TimestampResponse.Decode(File.ReadAllBytes(folder.PathTo("tsr")));

        TimestampVerdict verdict = response.Token!.Verify(request);
        Assert.True(verdict.IsValid, string.Join(", ", verdict.Failures)); // ess_cert_id_chain: several ESSCertIDs
        Assert.Equal(signer.Certificate, verdict.Certificate);
        Assert.Equal(TimeSpan.FromMicroseconds(1_500_100), response.Token.Info.Accuracy!.Value.ToTimeSpan());
    }

    [Fact]
    public async Task Without_certReq_the_token_carries_no_certificate()
    {
        using TestSigner signer = TsaFixture.Signer();
        var request = new TimestampRequest(DigestAlgorithm.Sha256, s_imprint, requestCertificate: false);
        TimestampToken token = (await TsaFixture.Authority(signer).IssueAsync(request)).Token!;
        Assert.Empty(token.SignedData.Certificates);
        Assert.True(token.Verify(request).IsIndeterminate);
        Assert.True(token.Verify(request, [signer.Root, signer.Certificate]).IsValid);
    }

    [Fact]
    public async Task Refusals_name_their_reason()
    {
        using TestSigner signer = TsaFixture.Signer();
        TimestampAuthority authority = TsaFixture.Authority(signer);
        byte[] good = new TimestampRequest(DigestAlgorithm.Sha256, s_imprint).Encode();

        Assert.Equal(TimestampFailureInfo.BadDataFormat, await RefusalAsync(authority, "not a request"u8.ToArray()));
        Assert.Equal(TimestampFailureInfo.BadDataFormat, await RefusalAsync(authority, [.. good, 0]));
        Assert.Equal(TimestampFailureInfo.BadDataFormat, await RefusalAsync(authority, new byte[100_000]));
        Assert.Equal(TimestampFailureInfo.BadRequest, await RefusalAsync(authority, Request(version: 2)));
        Assert.Equal(TimestampFailureInfo.BadDataFormat, await RefusalAsync(authority, Request(imprintSize: 31)));
        Assert.Equal(TimestampFailureInfo.BadAlg, await RefusalAsync(authority, Request(digest: "1.3.14.3.2.26", imprintSize: 20)));
        Assert.Equal(TimestampFailureInfo.BadAlg, await RefusalAsync(authority, Request(digest: "1.2.840.113549.2.5", imprintSize: 16)));
        Assert.Equal(TimestampFailureInfo.BadAlg, await RefusalAsync(authority, Request(digest: "1.2.3")));
        Assert.Equal(TimestampFailureInfo.UnacceptedPolicy, await RefusalAsync(authority, Request(policy: "1.2.3")));
        Assert.Equal(TimestampFailureInfo.UnacceptedExtension, await RefusalAsync(authority, Request(extension: "1.2.3")));
        Assert.True(TimestampResponse.Decode(await authority.RespondAsync(good)).IsGranted);
    }

    [Fact]
    public async Task A_policy_asked_for_is_used()
    {
        using TestSigner signer = TsaFixture.Signer();
        TimestampAuthority authority = TsaFixture.Authority(signer, policies: [new TimestampPolicy("1.2.3.1"), new TimestampPolicy("1.2.3.2") { AcceptedDigests = [DigestAlgorithm.Sm3] }]);
        byte[] sm3 = DigestAlgorithm.Sm3.Compute(s_data);
        Assert.Equal("1.2.3.1", (await authority.IssueAsync(new TimestampRequest(DigestAlgorithm.Sm3, sm3))).Token!.Info.PolicyOid);
        Assert.Equal("1.2.3.2", (await authority.IssueAsync(new TimestampRequest(DigestAlgorithm.Sm3, sm3, policyOid: "1.2.3.2"))).Token!.Info.PolicyOid);
        Assert.Equal(TimestampFailureInfo.BadAlg, (await authority.IssueAsync(new TimestampRequest(DigestAlgorithm.Sha256, s_imprint, policyOid: "1.2.3.2"))).FailureInfo);
    }

    [Fact]
    public async Task A_key_whose_time_is_over_stamps_nothing()
    {
        using TestSigner signer = TsaFixture.Signer();
        var clock = new ManualClock(new DateTimeOffset(2050, 1, 1, 0, 0, 0, TimeSpan.Zero));
        TimestampUnavailableException error = await Assert.ThrowsAsync<TimestampUnavailableException>(async () =>
            await TsaFixture.Authority(signer, clock).GetTimestampAsync(DigestAlgorithm.Sha256, s_imprint));
        Assert.Equal(TimestampFailureInfo.TimeNotAvailable, error.FailureInfo);
    }

    [Fact]
    public async Task X_509_the_private_key_usage_period_ends_before_the_certificate()
    {
        byte[] until2030 = Convert.FromHexString("3011810F" + Convert.ToHexString("20300101000000Z"u8));
        using TestSigner signer = TestSigner.Create(SignatureAlgorithm.EcdsaP256Sha256, ["1.3.6.1.5.5.7.3.8"], extensions: new X509Extension("2.5.29.16", until2030, critical: false));
        var clock = new ManualClock(new DateTimeOffset(2029, 12, 31, 23, 59, 59, TimeSpan.Zero));
        TimestampAuthority authority = TsaFixture.Authority(signer, clock);
        var request = new TimestampRequest(DigestAlgorithm.Sha256, s_imprint);
        Assert.True((await authority.IssueAsync(request)).IsGranted);
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(TimestampFailureInfo.TimeNotAvailable, (await authority.IssueAsync(request)).FailureInfo);
    }

    [Fact]
    public async Task A_key_that_signs_wrongly_is_caught_before_the_token_leaves()
    {
        using TestSigner signer = TsaFixture.Signer();
        using TestSigner other = TsaFixture.Signer();
        var credential = new Pki.Certificates.SigningCredential(signer.Certificate, [signer.Root], new Impostor(signer.Key, other.Key));
        var authority = new TimestampAuthority(credential, new TimestampAuthorityOptions { Policies = [new TimestampPolicy(TsaFixture.Policy)] }, new ManualClock(TsaFixture.Noon));
        TimestampResponse response = await authority.IssueAsync(new TimestampRequest(DigestAlgorithm.Sha256, s_imprint));
        Assert.Equal(TimestampFailureInfo.SystemFailure, response.FailureInfo);
        Assert.Null(response.Token);
    }

    [Fact]
    public void A_certificate_for_other_purposes_is_refused()
    {
        using TestSigner none = TestSigner.Create(SignatureAlgorithm.EcdsaP256Sha256);
        using TestSigner two = TestSigner.Create(SignatureAlgorithm.EcdsaP256Sha256, ["1.3.6.1.5.5.7.3.8", "1.3.6.1.5.5.7.3.4"]);
        using TestSigner weak = TestSigner.Create(SignatureAlgorithm.EcdsaP256Sha256, ["1.3.6.1.5.5.7.3.8"], criticalPurpose: false);
        Assert.Throws<ArgumentException>(() => TsaFixture.Authority(none));
        Assert.Throws<ArgumentException>(() => TsaFixture.Authority(two));
        Assert.Throws<ArgumentException>(() => TsaFixture.Authority(weak));
    }

    [Fact]
    public void EN_319_422_5_2_an_accuracy_above_one_second_is_refused()
    {
        using TestSigner signer = TsaFixture.Signer();
        Assert.Throws<ArgumentException>(() => TsaFixture.Authority(signer, policies: new TimestampPolicy(TsaFixture.Policy) { Accuracy = TimeSpan.FromMilliseconds(1001) }));
    }

    [Fact]
    public async Task Flipping_any_byte_of_what_is_signed_never_leaves_a_valid_token()
    {
        using TestSigner signer = TsaFixture.Signer();
        TimestampToken token = await TsaFixture.Authority(signer).GetTimestampAsync(DigestAlgorithm.Sha256, s_imprint);
        byte[] encoded = token.RawData.ToArray();
        SignerInfo info = token.SignedData.SignerInfos[0];
        foreach (ReadOnlyMemory<byte> part in new[] { token.SignedData.Content!.Value, info.RawSignedAttributes, info.Signature })
        {
            int start = encoded.AsSpan().IndexOf(part.Span);
            for (int i = start; i < start + part.Length; i++)
            {
                encoded[i] ^= 0x01;
                Assert.False(TimestampToken.TryDecode(encoded, out TimestampToken? changed) && changed.Verify(SignedContent.FromBytes(s_data)).IsValid, $"byte {i}");
                encoded[i] ^= 0x01;
            }
        }
    }

    private static async Task<TimestampFailureInfo?> RefusalAsync(TimestampAuthority authority, byte[] request) =>
        TimestampResponse.Decode(await authority.RespondAsync(request)).FailureInfo;

    private static byte[] Request(int version = 1, string digest = "2.16.840.1.101.3.4.2.1", int imprintSize = 32, string? policy = null, string? extension = null)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(version);
            new MessageImprint(digest, new byte[imprintSize]).Encode(writer);
            if (policy is not null)
            {
                writer.WriteObjectIdentifier(policy);
            }

            if (extension is not null)
            {
                TimestampExtension.EncodeAll(writer, [new TimestampExtension(extension, IsCritical: false, default)], new Asn1Tag(TagClass.ContextSpecific, 0));
            }
        }

        return writer.Encode();
    }

    private static string Pem(TemporaryFolder folder, Pki.Certificates.Certificate certificate, string name = "root.pem")
    {
        File.WriteAllText(folder.PathTo(name), PemEncoding.WriteString("CERTIFICATE", certificate.RawData.Span));
        return folder.PathTo(name);
    }

    /// <summary>Says it is one key and signs with another.</summary>
    private sealed class Impostor(ISigningKey claimed, ISigningKey actual) : ISigningKey
    {
        public SignatureAlgorithm Algorithm => claimed.Algorithm;

        public ReadOnlyMemory<byte> SubjectPublicKeyInfo => claimed.SubjectPublicKeyInfo;

        public ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken = default) => actual.SignAsync(data, cancellationToken);
    }
}
