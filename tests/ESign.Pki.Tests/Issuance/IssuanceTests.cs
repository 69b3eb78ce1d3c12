using System.Text;
using ESign.Pki.Certificates;
using ESign.Pki.Issuance;
using ESign.Pki.Keys;
using ESign.Pki.Names;
using ESign.Pki.Revocation;
using ESign.Testing;

namespace ESign.Pki.Tests.Issuance;

/// <summary>What an authority issues, read back, and shown to openssl and certtool.</summary>
public sealed class IssuanceTests
{
    public static TheoryData<string> Algorithms => ["ECDSA-P256-SHA256", "RSA-PKCS1-SHA256", "RSA-PSS-SHA256", "ECDSA-P384-SHA384", "SM2-SM3"];

    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task Openssl_verifies_every_profile(string algorithmName)
    {
        SignatureAlgorithm algorithm = SignatureAlgorithm.FromName(algorithmName)!;
        using TestHierarchy pki = await TestHierarchy.CreateAsync(algorithm);
        using var folder = new TemporaryFolder();
        string root = TestHierarchy.Write(folder.Path, "root.pem", pki.Root.Certificate);
        string issuing = TestHierarchy.Write(folder.Path, "issuing.pem", pki.Issuing.Certificate);

        foreach ((CertificateProfile profile, CertificateSubject subject) in Subscribers())
        {
            IssuedCertificate issued = await pki.IssueAsync(profile, subject);
            string leaf = TestHierarchy.Write(folder.Path, profile.Name + ".pem", issued.Certificate);
            AssertVerified(algorithm, root, issuing, leaf);
        }

        AssertVerified(algorithm, root, root, issuing);
    }

    [Theory]
    [InlineData("ECDSA-P256-SHA256")]
    [InlineData("RSA-PKCS1-SHA256")]
    public async Task Certtool_verifies_the_chain(string algorithmName)
    {
        using TestHierarchy pki = await TestHierarchy.CreateAsync(SignatureAlgorithm.FromName(algorithmName)!);
        using var folder = new TemporaryFolder();
        IssuedCertificate issued = await pki.IssueAsync(CertificateProfile.EnterpriseSeal, TestHierarchy.Company);
        string chain = folder.PathTo("chain.pem");
        File.WriteAllText(chain, string.Concat(issued.Certificate.ToPem(), "\n", pki.Issuing.Certificate.ToPem(), "\n", pki.Root.Certificate.ToPem(), "\n"));
        Tool result = Tool.Run("certtool", "--verify-chain", "--infile", chain);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        Assert.Contains("Chain verification output: Verified.", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_enterprise_certificate_says_what_its_profile_says()
    {
        using TestHierarchy pki = await TestHierarchy.CreateAsync(now: new DateTimeOffset(2026, 5, 1, 8, 0, 0, 500, TimeSpan.Zero));
        Certificate certificate = (await pki.IssueAsync(CertificateProfile.EnterpriseSeal, TestHierarchy.Company)).Certificate;

        Assert.Equal("深圳示例科技有限公司", certificate.Subject.CommonName);
        Assert.Equal("NTRCN-91350100M000100Y43", certificate.Subject.GetValue("2.5.4.97"));
        Assert.Equal(KeyUsages.DigitalSignature | KeyUsages.ContentCommitment, certificate.KeyUsage);
        Assert.Equal(["1.3.6.1.5.5.7.3.36", "1.3.6.1.4.1.311.10.3.12"], certificate.ExtendedKeyUsage);
        Assert.False(certificate.IsAuthority);
        Assert.Null(certificate.BasicConstraints);
        Assert.Equal(pki.Issuing.KeyIdentifier.ToArray(), certificate.AuthorityKeyIdentifier!.KeyIdentifier!.Value.ToArray());
        Assert.Equal(CertificateProfile.EnterpriseSeal.PolicyOid, Assert.Single(certificate.CertificatePolicies!).Oid);
        Assert.Equal("http://pki.example/crl/issuing.crl", Assert.Single(certificate.CrlDistributionPoints!).Name!.FullName![0].Text);
        Assert.Equal(["http://pki.example/ocsp", "http://pki.example/ca/issuing.cer"], certificate.AuthorityInformationAccess!.Select(a => a.Location.Text));
        byte[] code = [0x0C, 18, .. Encoding.ASCII.GetBytes("91350100M000100Y43")];
        Assert.Equal(code, certificate.FindExtension("1.2.156.10260.4.1.4")!.Value.ToArray());

        // Issued the moment the issuer was: not before the issuer's own beginning, and the last second counts.
        Assert.Equal(new DateTimeOffset(2026, 5, 1, 7, 55, 0, TimeSpan.Zero), certificate.NotBefore);
        Assert.Equal(certificate.NotBefore.AddDays(365).AddSeconds(-1), certificate.NotAfter);
    }

    [Fact]
    public async Task A_personal_certificate_hides_the_number_unless_asked()
    {
        using TestHierarchy pki = await TestHierarchy.CreateAsync();
        Certificate hidden = (await pki.IssueAsync(CertificateProfile.Person, TestHierarchy.Individual)).Certificate;
        Assert.Equal(-1, hidden.RawData.Span.IndexOf("19491231"u8));
        Assert.Equal("1****************X", hidden.Subject.GetValue("2.5.4.13"));
        Assert.Equal(pki.Issuing.Options.Pseudonyms.Compute(TestHierarchy.PersonDocument), hidden.Subject.GetValue("2.5.4.5"));
        Assert.Null(hidden.FindExtension("1.2.156.10260.4.1.1"));

        Certificate open = (await pki.IssueAsync(CertificateProfile.Person, TestHierarchy.Individual with { DisclosesIdentityNumber = true })).Certificate;
        byte[] expected = [0xA0, 20, 0x13, 18, .. Encoding.ASCII.GetBytes("11010519491231002X")]; // [0] EXPLICIT PrintableString
        Assert.Equal(expected, open.FindExtension("1.2.156.10260.4.1.1")!.Value.ToArray());
    }

    [Fact]
    public async Task Serial_numbers_are_an_instance_octet_and_136_random_bits()
    {
        using TestHierarchy pki = await TestHierarchy.CreateAsync();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < 20; i++)
        {
            IssuedCertificate issued = await pki.IssueAsync(CertificateProfile.Person, TestHierarchy.Individual);
            Assert.Equal(18, issued.Certificate.SerialNumber.Length);
            Assert.Equal(1, issued.Certificate.SerialNumber.Span[0]);
            Assert.True(seen.Add(issued.SerialNumber));
        }
    }

    [Fact]
    public async Task What_is_issued_is_recorded_and_the_intent_precedes_the_signature()
    {
        using TestHierarchy pki = await TestHierarchy.CreateAsync();
        IssuedCertificate issued = await pki.IssueAsync(CertificateProfile.Person, TestHierarchy.Individual);
        CertificateRecord record = (await pki.Issuing.Repository.FindAsync(pki.Issuing.Id, issued.SerialNumber))!;
        Assert.Equal(CertificateState.Issued, record.Status);
        Assert.Equal(issued.Certificate.RawData.ToArray(), record.Certificate.ToArray());
        Assert.Equal(issued.Certificate.TbsCertificate.ToArray(), record.Intent.TbsCertificate.ToArray());
        Assert.Equal("张* (1****************X)", record.Intent.SubjectName);
    }

    [Fact]
    public async Task A_key_that_fails_leaves_an_intent_and_no_certificate()
    {
        using TestHierarchy pki = await TestHierarchy.CreateAsync();
        var broken = new CertificateAuthority(
            new SigningCredential(pki.Issuing.Certificate, pki.Issuing.Issuers, new BrokenKey(pki.Issuing.Key)), pki.Issuing.Options);
        await Assert.ThrowsAsync<System.Security.Cryptography.CryptographicException>(async () =>
            await broken.IssueAsync(CertificateProfile.Person, new IssuanceRequest { Subject = TestHierarchy.Individual, SubjectPublicKeyInfo = pki.NewKey().SubjectPublicKeyInfo }));
        CertificateRecord left = Assert.Single(await ListAsync(pki.Issuing.Repository, new CertificateQuery { Status = CertificateState.Intended }));
        Assert.True(left.Certificate.IsEmpty);
    }

    [Fact]
    public async Task Profiles_refuse_the_wrong_subject_key_or_validity()
    {
        using TestHierarchy pki = await TestHierarchy.CreateAsync();
        LocalSigningKey key = pki.NewKey();
        await Refused("subject", CertificateProfile.Person, new IssuanceRequest { Subject = TestHierarchy.Company, SubjectPublicKeyInfo = key.SubjectPublicKeyInfo });
        await Refused("validity", CertificateProfile.Person, new IssuanceRequest { Subject = TestHierarchy.Individual, SubjectPublicKeyInfo = key.SubjectPublicKeyInfo, Validity = TimeSpan.FromDays(1097) });
        await Refused("validity", CertificateProfile.EventCertificate, new IssuanceRequest { Subject = TestHierarchy.Individual, SubjectPublicKeyInfo = key.SubjectPublicKeyInfo, Validity = TimeSpan.Zero });
        await Refused("key", CertificateProfile.Person, new IssuanceRequest { Subject = TestHierarchy.Individual, SubjectPublicKeyInfo = pki.Issuing.Key.SubjectPublicKeyInfo });
        await Refused("issuer", CertificateProfile.IssuingCa, new IssuanceRequest { Subject = CertificateSubject.Service("下级"), SubjectPublicKeyInfo = key.SubjectPublicKeyInfo });
        Assert.Empty(await ListAsync(pki.Issuing.Repository, new CertificateQuery { IssuerId = pki.Issuing.Id }));

        async Task Refused(string code, CertificateProfile profile, IssuanceRequest request)
        {
            IssuanceRefusedException refusal = await Assert.ThrowsAsync<IssuanceRefusedException>(async () => await pki.Issuing.IssueAsync(profile, request));
            Assert.Equal(code, refusal.Code);
        }
    }

    [Fact]
    public async Task A_key_revoked_as_compromised_is_never_certified_again()
    {
        using TestHierarchy pki = await TestHierarchy.CreateAsync();
        LocalSigningKey key = pki.NewKey();
        IssuedCertificate issued = await pki.IssueAsync(CertificateProfile.Person, TestHierarchy.Individual, key);
        Assert.Equal(RevocationOutcome.Done, await pki.Issuing.RevokeAsync(issued.SerialNumber, RevocationReason.KeyCompromise));
        await Assert.ThrowsAsync<IssuanceRefusedException>(() => pki.IssueAsync(CertificateProfile.Person, TestHierarchy.Individual, key));
    }

    [Fact]
    public async Task Default_validity_ends_with_the_issuer()
    {
        using TestHierarchy pki = await TestHierarchy.CreateAsync();
        pki.Clock.Now = pki.Issuing.Certificate.NotAfter.AddDays(-10);
        Certificate certificate = (await pki.IssueAsync(CertificateProfile.Person, TestHierarchy.Individual)).Certificate;
        Assert.Equal(pki.Issuing.Certificate.NotAfter, certificate.NotAfter);
        pki.Clock.Now = pki.Issuing.Certificate.NotAfter.AddDays(1);
        await Assert.ThrowsAsync<IssuanceRefusedException>(() => pki.IssueAsync(CertificateProfile.Person, TestHierarchy.Individual));
    }

    [Fact]
    public async Task A_validity_beyond_2049_is_GeneralizedTime()
    {
        using TestHierarchy pki = await TestHierarchy.CreateAsync(now: new DateTimeOffset(2045, 1, 1, 0, 0, 0, TimeSpan.Zero));
        Assert.Equal(new DateTimeOffset(2064, 12, 31, 23, 54, 59, TimeSpan.Zero), pki.Root.Certificate.NotAfter);
        Assert.True(pki.Root.Certificate.RawData.Span.IndexOf("\u0018\u000F20641231235459Z"u8) > 0, "GeneralizedTime of 15 characters");
        Assert.True(pki.Root.Certificate.RawData.Span.IndexOf("\u0017\u000D441231235500Z"u8) > 0, "UTCTime of 13 characters");
    }

    [Fact]
    public async Task An_authority_signs_under_the_SM2_user_id_of_the_standard_alone()
    {
        using TestHierarchy pki = await TestHierarchy.CreateAsync();
        using LocalSigningKey key = LocalSigningKey.Create(SignatureAlgorithm.Sm2Sm3EmptyUserId);
        var subject = CertificateSubject.Service("国密CA", "示例机构");
        await Assert.ThrowsAsync<ArgumentException>(async () => await CertificateAuthority.CreateRootAsync(subject, key));
        await Assert.ThrowsAsync<ArgumentException>(async () => await pki.Root.CreateIssuingCaAsync(subject, key));
    }

    [Fact]
    public async Task Revocation_hold_and_release()
    {
        using TestHierarchy pki = await TestHierarchy.CreateAsync();
        string serial = (await pki.IssueAsync(CertificateProfile.Person, TestHierarchy.Individual)).SerialNumber;
        Assert.Equal(RevocationOutcome.NotOnHold, await pki.Issuing.ReleaseAsync(serial));
        Assert.Equal(RevocationOutcome.Done, await pki.Issuing.RevokeAsync(serial, RevocationReason.CertificateHold));
        Assert.Equal(RevocationOutcome.AlreadyRevoked, await pki.Issuing.RevokeAsync(serial, RevocationReason.CertificateHold));
        Assert.Equal(RevocationOutcome.Done, await pki.Issuing.ReleaseAsync(serial));
        Assert.Equal(RevocationOutcome.Done, await pki.Issuing.RevokeAsync(serial.ToUpperInvariant(), RevocationReason.Superseded));
        Assert.Equal(RevocationOutcome.AlreadyRevoked, await pki.Issuing.RevokeAsync(serial, RevocationReason.KeyCompromise));
        Assert.Equal(RevocationOutcome.NotOnHold, await pki.Issuing.ReleaseAsync(serial));
        Assert.Equal(RevocationOutcome.UnknownCertificate, await pki.Issuing.RevokeAsync("0102", RevocationReason.Superseded));
        await Assert.ThrowsAsync<ArgumentException>(async () => await pki.Issuing.RevokeAsync(serial, RevocationReason.RemoveFromCrl));
        await Assert.ThrowsAsync<ArgumentException>(async () => await pki.Issuing.RevokeAsync("xyz", RevocationReason.Superseded));
    }

    [Fact]
    public async Task An_employee_who_leaves_loses_the_operator_certificate_only()
    {
        using TestHierarchy pki = await TestHierarchy.CreateAsync();
        string own = (await pki.IssueAsync(CertificateProfile.Person, TestHierarchy.Individual)).SerialNumber;
        var asOperator = CertificateSubject.EnterpriseOperator("张三", TestHierarchy.PersonDocument, "深圳示例科技有限公司", TestHierarchy.Code);
        string operators = (await pki.IssueAsync(CertificateProfile.EnterpriseOperator, asOperator)).SerialNumber;
        string seal = (await pki.IssueAsync(CertificateProfile.EnterpriseSeal, TestHierarchy.Company)).SerialNumber;

        Assert.Equal(1, await pki.Issuing.RevokeIdentityAsync(TestHierarchy.Code, TestHierarchy.PersonDocument, RevocationReason.AffiliationChanged));
        Assert.Equal(CertificateState.Revoked, (await pki.Issuing.Repository.FindAsync(pki.Issuing.Id, operators))!.Status);
        Assert.Equal(CertificateState.Issued, (await pki.Issuing.Repository.FindAsync(pki.Issuing.Id, own))!.Status);

        Assert.Equal(1, await pki.Issuing.RevokeIdentityAsync(TestHierarchy.Code, person: null, RevocationReason.CessationOfOperation));
        Assert.Equal(CertificateState.Revoked, (await pki.Issuing.Repository.FindAsync(pki.Issuing.Id, seal))!.Status);
    }

    // The -vfyopt of openssl verify reaches the target only, so SM2 chains are verified one link at a time.
    private static void AssertVerified(SignatureAlgorithm algorithm, string root, string issuer, string target)
    {
        string[] arguments = algorithm.Scheme == SignatureScheme.Sm2
            ? ["verify", "-vfyopt", "distid:1234567812345678", "-x509_strict", "-partial_chain", "-CAfile", issuer, target]
            : ["verify", "-x509_strict", "-check_ss_sig", "-CAfile", root, "-untrusted", issuer, target];
        Tool result = Tool.Run("openssl", arguments);
        Assert.True(result.ExitCode == 0, $"{Path.GetFileName(target)}: {result.Output}{result.Error}");
    }

    private static IEnumerable<(CertificateProfile Profile, CertificateSubject Subject)> Subscribers() =>
    [
        (CertificateProfile.EnterpriseSeal, TestHierarchy.Company with { Province = "广东省", Locality = "深圳市", OrganizationalUnit = "法务部" }),
        (CertificateProfile.EnterpriseOperator, CertificateSubject.EnterpriseOperator("张三", TestHierarchy.PersonDocument, "深圳示例科技有限公司", TestHierarchy.Code)),
        (CertificateProfile.Person, TestHierarchy.Individual with { DisclosesIdentityNumber = true }),
        (CertificateProfile.EventCertificate, TestHierarchy.Individual),
        (CertificateProfile.Access, TestHierarchy.Company),
        (CertificateProfile.TimestampAuthority, CertificateSubject.Service("示例时间戳", "示例机构")),
        (CertificateProfile.OcspResponder, CertificateSubject.Service("示例OCSP", "示例机构")),
    ];

    private static async Task<List<CertificateRecord>> ListAsync(ICertificateRepository repository, CertificateQuery query)
    {
        var records = new List<CertificateRecord>();
        await foreach (CertificateRecord record in repository.ListAsync(query))
        {
            records.Add(record);
        }

        return records;
    }

    private sealed class BrokenKey(ISigningKey inner) : ISigningKey
    {
        public SignatureAlgorithm Algorithm => inner.Algorithm;

        public ReadOnlyMemory<byte> SubjectPublicKeyInfo => inner.SubjectPublicKeyInfo;

        public async ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken = default)
        {
            byte[] signature = await inner.SignAsync(data, cancellationToken);
            signature[^1] ^= 1;
            return signature;
        }
    }
}
