using ESign.Pki.Certificates;
using ESign.Pki.Issuance;
using ESign.Pki.Keys;
using ESign.Pki.Names;
using ESign.Pki.Revocation;
using ESign.Testing;
using Org.BouncyCastle.Pkix;
using Org.BouncyCastle.Utilities.Collections;
using Org.BouncyCastle.X509;
using Org.BouncyCastle.X509.Store;

namespace ESign.Pki.Tests.Issuance;

/// <summary>The path of every profile, its policy and the authority's lists, judged by BouncyCastle and by openssl with policies required.</summary>
public sealed class IssuancePathWitnessTests
{
    public static TheoryData<string> Profiles => [.. CertificateProfile.All.Where(static profile => !profile.IsAuthority).Select(static profile => profile.Name)];

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task BouncyCastle_and_openssl_find_the_path_its_policy_and_its_status(string profileName)
    {
        CertificateProfile profile = CertificateProfile.FromName(profileName)!;
        // BouncyCastle judges no moment to come.
        using TestHierarchy pki = await TestHierarchy.CreateAsync(now: TimeProvider.System.GetUtcNow().AddMinutes(-10));
        IssuedCertificate issued = await pki.IssueAsync(profile, Subject(profile));
        byte[] rootList = await PublishAsync(pki.Root);
        byte[] issuingList = await PublishAsync(pki.Issuing);

        Judge(pki, issued.Certificate, profile.PolicyOid, rootList, issuingList);
        AssertOpenssl(0, pki, issued.Certificate, profile.PolicyOid, rootList, issuingList);
        Assert.Throws<PkixCertPathValidatorException>(() => Judge(pki, issued.Certificate, "1.2.3.4", rootList, issuingList));
        AssertOpenssl(2, pki, issued.Certificate, "1.2.3.4", rootList, issuingList);

        await pki.Issuing.RevokeAsync(issued.SerialNumber, RevocationReason.Superseded, cancellationToken: TestContext.Current.CancellationToken);
        issuingList = await PublishAsync(pki.Issuing);
        Assert.Throws<PkixCertPathValidatorException>(() => Judge(pki, issued.Certificate, profile.PolicyOid, rootList, issuingList));
        AssertOpenssl(2, pki, issued.Certificate, profile.PolicyOid, rootList, issuingList);
    }

    private static CertificateSubject Subject(CertificateProfile profile) => profile.SubjectKinds[0] switch
    {
        CertificateSubjectKind.Enterprise => TestHierarchy.Company,
        CertificateSubjectKind.EnterpriseOperator => CertificateSubject.EnterpriseOperator("张三", TestHierarchy.PersonDocument, "深圳示例科技有限公司", TestHierarchy.Code),
        CertificateSubjectKind.Person => TestHierarchy.Individual,
        _ => CertificateSubject.Service("示例服务", "示例机构"),
    };

    private static async Task<byte[]> PublishAsync(CertificateAuthority authority) =>
        (await new CrlPublisher(authority).PublishAsync(TestContext.Current.CancellationToken)).RawData.ToArray();

    private static void Judge(TestHierarchy pki, Certificate leaf, string policy, params byte[][] lists)
    {
        var certificates = new X509CertificateParser();
        X509Crl[] crls = [.. lists.Select(static list => new X509CrlParser().ReadCrl(list))];
        var parameters = new PkixParameters(new HashSet { new TrustAnchor(certificates.ReadCertificate(pki.Root.Certificate.RawData.ToArray()), null) })
        {
            IsExplicitPolicyRequired = true,
            Date = new Org.BouncyCastle.Utilities.Date.DateTimeObject(pki.Clock.Now.UtcDateTime.AddSeconds(1)),
        };
        parameters.AddCertPathChecker(new UnderstandsPurposes());
        parameters.SetInitialPolicies(new HashSet { policy });
        parameters.AddStore(X509StoreFactory.Create("CRL/Collection", new X509CollectionStoreParameters(crls)));
        new PkixCertPathValidator().Validate(
            new PkixCertPath(new[] { leaf, pki.Issuing.Certificate }.Select(certificate => certificates.ReadCertificate(certificate.RawData.ToArray())).ToList()), parameters);
    }

    private static void AssertOpenssl(int exitCode, TestHierarchy pki, Certificate leaf, string policy, params byte[][] lists)
    {
        using var folder = new TemporaryFolder();
        string crls = folder.PathTo("crls.pem");
        File.WriteAllText(crls, string.Concat(lists.Select(static list => System.Security.Cryptography.PemEncoding.WriteString("X509 CRL", list) + "\n")));
        string seconds = pki.Clock.Now.AddSeconds(1).ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        Tool openssl = Tool.Run(
            "openssl", "verify", "-attime", seconds, "-x509_strict", "-policy_check", "-explicit_policy", "-policy", policy, "-crl_check_all", "-CRLfile", crls,
            "-CAfile", TestHierarchy.Write(folder.Path, "root.pem", pki.Root.Certificate),
            "-untrusted", TestHierarchy.Write(folder.Path, "issuing.pem", pki.Issuing.Certificate),
            TestHierarchy.Write(folder.Path, "leaf.pem", leaf));
        Assert.True(openssl.ExitCode == exitCode, openssl.Output + openssl.Error);
    }

    /// <summary>BouncyCastle leaves extended key usage, critical in a timestamp authority's certificate, to its callers.</summary>
    private sealed class UnderstandsPurposes : PkixCertPathChecker
    {
        public override void Init(bool forward)
        {
        }

        public override bool IsForwardCheckingSupported() => true;

        public override ISet GetSupportedExtensions() => new HashSet { ExtensionOid.ExtendedKeyUsage };

        public override void Check(X509Certificate cert, ISet unresolvedCritExts) => unresolvedCritExts.Remove(ExtensionOid.ExtendedKeyUsage);
    }
}
