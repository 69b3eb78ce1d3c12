using ESign.Pki.Certificates;
using ESign.Pki.Issuance;
using ESign.Pki.Keys;
using ESign.Pki.Names;
using ESign.Pki.Revocation;
using ESign.Testing;

namespace ESign.Pki.Tests.Issuance;

/// <summary>Several issuers, link certificates between root keys, and cross-certificates.</summary>
public sealed class RolloverTests
{
    [Fact]
    public async Task RFC_4210_link_certificates_lead_from_either_root_to_leaves_of_the_other()
    {
        using TestHierarchy old = await TestHierarchy.CreateAsync();
        using TestHierarchy next = await TestHierarchy.CreateAsync(SignatureAlgorithm.EcdsaP384Sha384);
        using var folder = new TemporaryFolder();
        (Certificate NewWithOld, Certificate OldWithNew) links = await CertificateAuthority.LinkAsync(old.Root, next.Root);
        Assert.Equal(next.Root.Certificate.SubjectPublicKeyInfo.ToArray(), links.NewWithOld.SubjectPublicKeyInfo.ToArray());
        Assert.Null(links.NewWithOld.BasicConstraints!.PathLength);

        string leaf = TestHierarchy.Write(folder.Path, "leaf.pem", (await next.IssueAsync(CertificateProfile.Person, TestHierarchy.Individual)).Certificate);
        string middle = folder.PathTo("middle.pem");
        await File.WriteAllTextAsync(middle, next.Issuing.Certificate.ToPem() + "\n" + links.NewWithOld.ToPem() + "\n");
        Tool result = Tool.Run("openssl", "verify", "-x509_strict", "-CAfile", TestHierarchy.Write(folder.Path, "old.pem", old.Root.Certificate), "-untrusted", middle, leaf);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);

        string oldLeaf = TestHierarchy.Write(folder.Path, "oldleaf.pem", (await old.IssueAsync(CertificateProfile.Person, TestHierarchy.Individual)).Certificate);
        await File.WriteAllTextAsync(middle, old.Issuing.Certificate.ToPem() + "\n" + links.OldWithNew.ToPem() + "\n");
        result = Tool.Run("openssl", "verify", "-x509_strict", "-CAfile", TestHierarchy.Write(folder.Path, "new.pem", next.Root.Certificate), "-untrusted", middle, oldLeaf);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
    }

    [Fact]
    public async Task An_issuing_authority_has_no_room_for_a_cross_certificate()
    {
        using TestHierarchy pki = await TestHierarchy.CreateAsync();
        using TestHierarchy other = await TestHierarchy.CreateAsync(SignatureAlgorithm.EcdsaP384Sha384);
        CertificateAuthority second = await other.Root.CreateIssuingCaAsync(CertificateSubject.Service("另一签发CA"), other.NewKey());
        await Assert.ThrowsAsync<IssuanceRefusedException>(async () => await pki.Issuing.CrossCertifyAsync(second.Certificate));
        Certificate crossed = await pki.Root.CrossCertifyAsync(second.Certificate);
        Assert.Equal(0, crossed.BasicConstraints!.PathLength);
        Certificate person = (await pki.IssueAsync(CertificateProfile.Person, TestHierarchy.Individual)).Certificate;
        await Assert.ThrowsAsync<ArgumentException>(async () => await pki.Root.CrossCertifyAsync(person));
    }

    [Fact]
    public async Task A_renewed_certificate_keeps_name_and_identity_with_the_same_key_or_a_new_one()
    {
        using TestHierarchy pki = await TestHierarchy.CreateAsync();
        IssuedCertificate old = await pki.IssueAsync(CertificateProfile.Person, TestHierarchy.Individual with { DisclosesIdentityNumber = true });
        pki.Clock.Now = pki.Clock.Now.AddDays(360);
        IssuedCertificate renewed = await pki.Issuing.RenewAsync(old.SerialNumber);
        Assert.Equal(old.Certificate.Subject.RawData.ToArray(), renewed.Certificate.Subject.RawData.ToArray());
        Assert.Equal(old.Certificate.SubjectPublicKeyInfo.ToArray(), renewed.Certificate.SubjectPublicKeyInfo.ToArray());
        Assert.Equal(old.Certificate.FindExtension("1.2.156.10260.4.1.1")!.Value.ToArray(), renewed.Certificate.FindExtension("1.2.156.10260.4.1.1")!.Value.ToArray());
        Assert.InRange(renewed.Certificate.NotAfter, pki.Clock.Now.AddDays(364), pki.Clock.Now.AddDays(365));
        Assert.NotEqual(old.SerialNumber, renewed.SerialNumber);

        LocalSigningKey key = pki.NewKey(SignatureAlgorithm.EcdsaP384Sha384);
        IssuedCertificate rekeyed = await pki.Issuing.RenewAsync(renewed.SerialNumber, key.SubjectPublicKeyInfo);
        Assert.Equal(key.SubjectPublicKeyInfo.ToArray(), rekeyed.Certificate.SubjectPublicKeyInfo.ToArray());
        Assert.Equal(3, await pki.Issuing.RevokeIdentityAsync(code: null, TestHierarchy.PersonDocument, RevocationReason.Superseded));
        await Assert.ThrowsAsync<IssuanceRefusedException>(async () => await pki.Issuing.RenewAsync(rekeyed.SerialNumber));
    }

    [Fact]
    public async Task Expired_and_event_certificates_are_not_renewed()
    {
        using TestHierarchy pki = await TestHierarchy.CreateAsync();
        IssuedCertificate once = await pki.IssueAsync(CertificateProfile.EventCertificate, TestHierarchy.Individual);
        await Assert.ThrowsAsync<IssuanceRefusedException>(async () => await pki.Issuing.RenewAsync(once.SerialNumber));
        IssuedCertificate person = await pki.IssueAsync(CertificateProfile.Person, TestHierarchy.Individual);
        pki.Clock.Now = pki.Clock.Now.AddDays(366);
        await Assert.ThrowsAsync<IssuanceRefusedException>(async () => await pki.Issuing.RenewAsync(person.SerialNumber));
    }
}
