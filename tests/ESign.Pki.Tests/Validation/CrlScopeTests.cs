using System.Security.Cryptography.X509Certificates;
using ESign.Pki.Certificates;
using ESign.Pki.Revocation;
using ESign.Pki.Validation;

namespace ESign.Pki.Tests.Validation;

/// <summary>RFC 5280 §6.3.3 (b) and (f): which list covers which certificate, and who may sign it.</summary>
public sealed class CrlScopeTests : IDisposable
{
    private const string Here = "http://crl.example/1.crl";
    private const string Elsewhere = "http://crl.example/2.crl";
    private static readonly DateTimeOffset s_now = TestAuthority.Now;

    private readonly TestAuthority _root = TestAuthority.Root();

    [Theory] // (b)(2)(i)
    [InlineData(Here, Here, true)]
    [InlineData(Here, Elsewhere, false)]
    [InlineData(Here, null, true)]
    public async Task The_distribution_point_names_must_match(string certificatePoint, string? listPoint, bool covers)
    {
        Certificate leaf = _root.Leaf("CN=Leaf", TestExtensions.CrlPoint(certificatePoint));
        CertificateRevocationList crl = listPoint is null ? _root.Crl() : _root.Crl(null, null, null, ("2.5.29.28", true, TestExtensions.IssuingPoint(listPoint, indirect: false)));

        Assert.Equal(covers, (await Judge(leaf, [crl])).IsValid);
    }

    [Fact] // (b)(1), §5.3.3
    public async Task An_indirect_list_tells_of_another_authoritys_certificates()
    {
        using TestAuthority ca = _root.Intermediate("CN=CA");
        using TestAuthority signer = _root.Intermediate("CN=CRL Signer");
        Certificate leaf = ca.Leaf("CN=Leaf", TestExtensions.CrlPoint(null, signer.Certificate.Subject.RawData));
        (string, bool, byte[]) indirect = ("2.5.29.28", true, TestExtensions.IssuingPoint(null, indirect: true));
        byte[] ofCa = TestExtensions.DirectoryNames(ca.Certificate.Subject.RawData);
        CertificateRevocationList good = signer.Crl(null, null, null, indirect);
        CertificateRevocationList revoked = signer.Crl(TestAuthority.Entry(leaf, s_now.AddDays(-1), certificateIssuer: ofCa), null, null, indirect);
        CertificateRevocationList sameSerialOfSigner = signer.Crl(TestAuthority.Entry(leaf, s_now.AddDays(-1)), null, null, indirect);
        CertificateRevocationList direct = signer.Crl();
        Certificate[] pool = [ca.Certificate, signer.Certificate];

        Assert.True((await Judge(leaf, [good, _root.Crl()], pool)).IsValid);
        Assert.Equal(PathErrorCode.Revoked, (await Judge(leaf, [revoked, _root.Crl()], pool)).Finding?.Code);
        Assert.True((await Judge(leaf, [sameSerialOfSigner, _root.Crl()], pool)).IsValid);
        Assert.Equal(PathErrorCode.RevocationUnknown, (await Judge(leaf, [direct, _root.Crl()], pool)).Finding?.Code);
        Assert.Equal(PathErrorCode.RevocationUnknown, (await Judge(leaf, [good, _root.Crl()], [ca.Certificate])).Finding?.Code);
    }

    [Fact] // §5.3.3: only entries of an indirect list name another issuer
    public async Task A_direct_list_that_speaks_of_another_issuer_is_not_used()
    {
        Certificate leaf = _root.Leaf();
        byte[] another = TestExtensions.DirectoryNames(new X500DistinguishedName("CN=Another").RawData);
        byte[] itself = TestExtensions.DirectoryNames(_root.Certificate.Subject.RawData);

        PathVerdict verdict = await Judge(leaf, [_root.Crl(TestAuthority.Entry(leaf, s_now.AddDays(-1), certificateIssuer: another))]);
        Assert.Equal(PathErrorCode.RevocationUnknown, verdict.Finding?.Code);
        Assert.Contains("§5.3.3", verdict.Finding?.Message, StringComparison.Ordinal);
        Assert.Equal(PathErrorCode.Revoked, (await Judge(leaf, [_root.Crl(TestAuthority.Entry(leaf, s_now.AddDays(-1), certificateIssuer: itself))])).Finding?.Code);
    }

    [Fact] // (f): the signer's own path and status count
    public async Task A_revoked_signer_is_not_believed()
    {
        using TestAuthority ca = _root.Intermediate("CN=CA");
        using TestAuthority signer = _root.Intermediate("CN=CRL Signer");
        Certificate leaf = ca.Leaf("CN=Leaf", TestExtensions.CrlPoint(null, signer.Certificate.Subject.RawData));
        CertificateRevocationList good = signer.Crl(null, null, null, ("2.5.29.28", true, TestExtensions.IssuingPoint(null, indirect: true)));
        CertificateRevocationList rootList = _root.Crl(TestAuthority.Entry(signer.Certificate, s_now.AddDays(-1)));

        Assert.Equal(PathErrorCode.RevocationUnknown, (await Judge(leaf, [good, rootList], [ca.Certificate, signer.Certificate])).Finding?.Code);
    }

    [Fact] // PKITS 4.4.19: certificates and lists signed with different keys of one name
    public async Task A_separate_key_of_the_issuer_may_sign_its_lists()
    {
        using TestAuthority ca = _root.Intermediate("CN=CA");
        using TestAuthority listKey = _root.Intermediate("CN=CA");
        Certificate leaf = ca.Leaf();

        Assert.True((await Judge(leaf, [listKey.Crl(), _root.Crl()], [ca.Certificate, listKey.Certificate])).IsValid);
        Assert.Equal(PathErrorCode.Revoked, (await Judge(leaf, [listKey.Crl(TestAuthority.Entry(leaf, s_now.AddDays(-1))), _root.Crl()], [ca.Certificate, listKey.Certificate])).Finding?.Code);
    }

    public void Dispose() => _root.Dispose();

    private async Task<PathVerdict> Judge(Certificate target, CertificateRevocationList[] crls, Certificate[]? certificates = null) =>
        await new PathValidator(new TrustAnchors([_root.Certificate])).ValidateAsync(new PathRequest
        {
            Target = target,
            Time = s_now,
            Certificates = certificates ?? [],
            RevocationSources = [new GivenRevocationSource(crls, [])],
        });
}
