using System.Text;
using ESign.Pki.Certificates;
using ESign.Pki.Issuance;
using ESign.Pki.Keys;
using ESign.Pki.Revocation;
using ESign.Pki.Timestamping;
using ESign.Pki.Validation;
using ESign.Testing;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;
using Org.BouncyCastle.Security;

namespace ESign.Pki.Tests.Issuance;

/// <summary>
/// SM2 lists and answers, both ways. What we sign is verified by <c>openssl dgst</c> over the to-be-signed bytes (its <c>crl</c> and
/// <c>ocsp</c> commands cannot be told the verifier's id) and by Bouncy Castle; what openssl signs with the id is judged by us.
/// </summary>
public sealed class Sm2EvidenceWitnessTests
{
    private const string UserId = "1234567812345678";

    [Fact]
    public async Task Our_lists_are_verified_by_openssl_and_Bouncy_Castle()
    {
        using TestHierarchy pki = await TestHierarchy.CreateAsync(SignatureAlgorithm.Sm2Sm3);
        string serial = (await pki.IssueAsync(CertificateProfile.EnterpriseSeal, TestHierarchy.Company)).SerialNumber;
        await pki.Issuing.RevokeAsync(serial, RevocationReason.KeyCompromise);
        CertificateRevocationList crl = CertificateRevocationList.Decode((await new CrlPublisher(pki.Issuing).PublishAsync()).RawData);
        AssertWitnessed(pki.Issuing.Certificate, crl.TbsCertList, crl.SignatureValue);
    }

    [Fact]
    public async Task Our_answers_are_verified_by_openssl_and_Bouncy_Castle()
    {
        using TestHierarchy pki = await TestHierarchy.CreateAsync(SignatureAlgorithm.Sm2Sm3);
        LocalSigningKey key = pki.NewKey();
        IssuedCertificate responder = await pki.IssueAsync(CertificateProfile.OcspResponder, Pki.Names.CertificateSubject.Service("OCSP"), key);
        Certificate leaf = (await pki.IssueAsync(CertificateProfile.EnterpriseSeal, TestHierarchy.Company)).Certificate;
        OcspAnswer answer = await new OcspResponder(pki.Issuing, responder.WithKey(key)).AnswerAsync(OcspRequest.Create(leaf, pki.Issuing.Certificate).RawData);
        OcspResponse response = OcspResponse.Decode(answer.RawData);
        Assert.Equal(OcspCertificateStatus.Good, Assert.Single(response.Responses).Status);
        AssertWitnessed(responder.Certificate, response.TbsResponseData, response.SignatureValue);
    }

    [Fact]
    public async Task Our_timestamps_are_verified_by_openssl_and_Bouncy_Castle()
    {
        using TestHierarchy pki = await TestHierarchy.CreateAsync(SignatureAlgorithm.Sm2Sm3);
        LocalSigningKey key = pki.NewKey();
        IssuedCertificate tsa = await pki.IssueAsync(CertificateProfile.TimestampAuthority, Pki.Names.CertificateSubject.Service("TSA"), key);
        byte[] info = new TimestampTokenInfo("1.2.3.4", new TimestampRequest(DigestAlgorithm.Sm3, new byte[32]).Imprint, new byte[] { 1, 2, 3 }, pki.Clock.Now).Encode();
        var builder = new Pki.Cms.SignedDataBuilder(tsa.Certificate, [], SignatureAlgorithm.Sm2Sm3, contentTypeOid: Pki.Asn1.Oids.TimestampInfo);
        Pki.Cms.PreparedSignedData prepared = builder.Prepare(DigestAlgorithm.Sm3.Compute(info));
        byte[] signature = key.Sign(prepared.BytesToSign.Span);
        AssertWitnessed(tsa.Certificate, prepared.BytesToSign, signature);
        TimestampToken token = TimestampToken.Decode(prepared.Complete(signature, content: info));
        Assert.DoesNotContain(TimestampFailure.SignatureInvalid, token.Verify(new byte[1]).Failures);
    }

    [Fact]
    public async Task Lists_and_answers_that_openssl_signs_are_judged_by_us()
    {
        Tool.Require("openssl");
        using var folder = new TemporaryFolder();
        MakeAuthority(folder);
        Certificate root = Certificate.FromPem(File.ReadAllText(folder.PathTo("root.pem")));
        Certificate leaf = Certificate.FromPem(File.ReadAllText(folder.PathTo("leaf.pem")));

        Openssl(folder, "ca", "-config", "ca.cnf", "-gencrl", "-sigopt", "distid:" + UserId, "-out", "good.crl");
        CertificateRevocationList good = CertificateRevocationList.LoadMany(File.ReadAllBytes(folder.PathTo("good.crl")))[0];
        Openssl(folder, "ocsp", "-index", "index.txt", "-rsigner", "root.pem", "-rkey", "root.key", "-CA", "root.pem", "-issuer", "root.pem", "-cert", "leaf.pem", "-ndays", "1", "-no_nonce", "-rmd", "sm3", "-rsigopt", "distid:" + UserId, "-respout", "good.der", "-noverify");
        OcspResponse answer = OcspResponse.Decode(File.ReadAllBytes(folder.PathTo("good.der")));
        Assert.Equal(RevocationStatus.Good, await StatusAsync(root, leaf, [good], []));
        Assert.Equal(RevocationStatus.Good, await StatusAsync(root, leaf, [], [answer]));

        // The same with no id: what verifies with one id does not with another.
        var emptyId = new PathPolicy { Sm2UserId = ReadOnlyMemory<byte>.Empty };
        Assert.Equal(RevocationStatus.Unknown, await StatusAsync(root, leaf, [good], [answer], emptyId));

        Openssl(folder, "ca", "-config", "ca.cnf", "-revoke", "leaf.pem", "-crl_reason", "keyCompromise");
        Openssl(folder, "ca", "-config", "ca.cnf", "-gencrl", "-sigopt", "distid:" + UserId, "-out", "revoked.crl");
        Openssl(folder, "ocsp", "-index", "index.txt", "-rsigner", "root.pem", "-rkey", "root.key", "-CA", "root.pem", "-issuer", "root.pem", "-cert", "leaf.pem", "-ndays", "1", "-no_nonce", "-rmd", "sm3", "-rsigopt", "distid:" + UserId, "-respout", "revoked.der", "-noverify");
        Assert.Equal(RevocationStatus.Revoked, await StatusAsync(root, leaf, [CertificateRevocationList.LoadMany(File.ReadAllBytes(folder.PathTo("revoked.crl")))[0]], []));
        Assert.Equal(RevocationStatus.Revoked, await StatusAsync(root, leaf, [], [OcspResponse.Decode(File.ReadAllBytes(folder.PathTo("revoked.der")))]));
    }

    [Fact]
    public async Task A_request_and_certificates_that_openssl_made_are_read_by_us_and_Bouncy_Castle_agrees()
    {
        Tool.Require("openssl");
        using var folder = new TemporaryFolder();
        MakeAuthority(folder);
        Certificate root = Certificate.FromPem(File.ReadAllText(folder.PathTo("root.pem")));
        Certificate leaf = Certificate.FromPem(File.ReadAllText(folder.PathTo("leaf.pem")));
        AssertBouncyCastle(root, leaf.TbsCertificate, leaf.SignatureValue);
        Assert.True((await new PathValidator(new TrustAnchors([root])).ValidateAsync(new PathRequest { Target = leaf, Time = TimeProvider.System.GetUtcNow(), UnknownRevocation = UnknownRevocation.Off })).IsValid);

        // The request's key is certified under an authority of ours, and openssl verifies that.
        using TestHierarchy pki = await TestHierarchy.CreateAsync(SignatureAlgorithm.Sm2Sm3);
        IssuedCertificate issued = await pki.Issuing.IssueAsync(CertificateProfile.EnterpriseSeal, IssuanceRequest.FromCsr(File.ReadAllText(folder.PathTo("leaf.csr")), TestHierarchy.Company));
        Assert.Equal(leaf.SubjectPublicKeyInfo.ToArray(), issued.Certificate.SubjectPublicKeyInfo.ToArray());
        AssertWitnessed(pki.Issuing.Certificate, issued.Certificate.TbsCertificate, issued.Certificate.SignatureValue);
    }

    private static void AssertWitnessed(Certificate signer, ReadOnlyMemory<byte> signed, ReadOnlyMemory<byte> signature)
    {
        AssertBouncyCastle(signer, signed, signature);
        using var folder = new TemporaryFolder();
        string key = folder.Write("key.der", signer.SubjectPublicKeyInfo.ToArray());
        string data = folder.Write("data", signed.ToArray());
        string value = folder.Write("signature", signature.ToArray());
        Tool verified = Verify("distid:" + UserId);
        Assert.True(verified.ExitCode == 0, verified.Output + verified.Error);
        Assert.NotEqual(0, Verify("distid:another").ExitCode);

        Tool Verify(string id) => Tool.Run("openssl", "dgst", "-sm3", "-keyform", "DER", "-verify", key, "-sigopt", id, "-signature", value, data);
    }

    private static void AssertBouncyCastle(Certificate signer, ReadOnlyMemory<byte> signed, ReadOnlyMemory<byte> signature)
    {
        var witness = new SM2Signer();
        witness.Init(false, new ParametersWithID(PublicKeyFactory.CreateKey(signer.SubjectPublicKeyInfo.ToArray()), Encoding.ASCII.GetBytes(UserId)));
        witness.BlockUpdate(signed.ToArray(), 0, signed.Length);
        Assert.True(witness.VerifySignature(signature.ToArray()));
    }

    private static async Task<RevocationStatus> StatusAsync(Certificate root, Certificate leaf, CertificateRevocationList[] crls, OcspResponse[] answers, PathPolicy? policy = null)
    {
        // With another id the leaf's own signature fails first: its status is asked of the judge of evidence through a path that holds.
        PathVerdict verdict = await new PathValidator(new TrustAnchors([root]), policy).ValidateAsync(new PathRequest
        {
            Target = leaf,
            Time = TimeProvider.System.GetUtcNow(),
            EvidenceTime = TimeProvider.System.GetUtcNow().AddMinutes(1),
            RevocationSources = [new GivenRevocationSource(crls, answers)],
            UnknownRevocation = UnknownRevocation.Accept,
        });
        return verdict.Revocation.Count > 0 ? verdict.Revocation[0].Status : RevocationStatus.Unknown;
    }

    private static void MakeAuthority(TemporaryFolder folder)
    {
        string id = "distid:" + UserId;
        File.WriteAllText(folder.PathTo("ca.cnf"), """
            [ca]
            default_ca = here
            [here]
            database = index.txt
            certificate = root.pem
            private_key = root.key
            new_certs_dir = .
            serial = serial
            crlnumber = crlnumber
            default_md = sm3
            default_days = 30
            default_crl_days = 7
            policy = anything
            crl_extensions = crl_ext
            x509_extensions = leaf_ext
            [anything]
            commonName = supplied
            [crl_ext]
            authorityKeyIdentifier = keyid
            [leaf_ext]
            keyUsage = critical,digitalSignature
            [req]
            distinguished_name = dn
            [dn]
            [root_ext]
            basicConstraints = critical,CA:TRUE
            keyUsage = critical,keyCertSign,cRLSign
            subjectKeyIdentifier = hash
            """);
        File.WriteAllText(folder.PathTo("index.txt"), "");
        File.WriteAllText(folder.PathTo("serial"), "0102030405060708\n");
        File.WriteAllText(folder.PathTo("crlnumber"), "01\n");
        foreach (string name in new[] { "root", "leaf" })
        {
            Openssl(folder, "ecparam", "-name", "SM2", "-genkey", "-noout", "-out", name + ".key");
        }

        Openssl(folder, "req", "-x509", "-config", "ca.cnf", "-extensions", "root_ext", "-key", "root.key", "-sm3", "-sigopt", id, "-subj", "/CN=SM2 root", "-days", "100", "-out", "root.pem");
        Openssl(folder, "req", "-new", "-config", "ca.cnf", "-key", "leaf.key", "-sm3", "-sigopt", id, "-subj", "/CN=SM2 leaf", "-out", "leaf.csr");
        Openssl(folder, "ca", "-config", "ca.cnf", "-batch", "-notext", "-sigopt", id, "-vfyopt", id, "-in", "leaf.csr", "-out", "leaf.pem");
    }

    private static void Openssl(TemporaryFolder folder, params string[] arguments)
    {
        Tool tool = Tool.Run("openssl", arguments, folder.Path);
        Assert.True(tool.ExitCode == 0, $"openssl {string.Join(' ', arguments)}: {tool.Error}");
    }
}
