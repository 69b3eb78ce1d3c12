using System.Globalization;
using ESign.Pki.Issuance;
using ESign.Pki.Keys;
using ESign.Pki.Revocation;
using ESign.Testing;

namespace ESign.Pki.Tests.Issuance;

/// <summary>CRLs read back with our reader and shown to openssl and certtool.</summary>
public sealed class CrlPublisherTests
{
    [Theory]
    [InlineData("ECDSA-P256-SHA256")]
    [InlineData("RSA-PSS-SHA256")]
    [InlineData("SM2-SM3")]
    public async Task Openssl_verifies_and_lists_a_full_crl(string algorithmName)
    {
        using TestHierarchy pki = await TestHierarchy.CreateAsync(SignatureAlgorithm.FromName(algorithmName)!);
        using var folder = new TemporaryFolder();
        string issuing = TestHierarchy.Write(folder.Path, "issuing.pem", pki.Issuing.Certificate);
        string serial = (await pki.IssueAsync(CertificateProfile.EnterpriseSeal, TestHierarchy.Company)).SerialNumber;
        await pki.Issuing.RevokeAsync(serial, RevocationReason.KeyCompromise, pki.Clock.Now.AddDays(-3));
        PublishedCrl crl = await new CrlPublisher(pki.Issuing).PublishAsync();
        string path = folder.PathTo("issuing.crl");
        await File.WriteAllBytesAsync(path, crl.RawData.ToArray());

        Tool text = Tool.Run("openssl", "crl", "-inform", "DER", "-in", path, "-noout", "-text");
        Assert.Contains($"Serial Number: {serial.ToUpperInvariant()}", text.Output, StringComparison.Ordinal);
        Assert.Contains("Key Compromise", text.Output, StringComparison.Ordinal);
        Assert.Contains("Invalidity Date", text.Output, StringComparison.Ordinal);

        // openssl crl cannot be told an SM2 id: Sm2EvidenceWitnessTests has the witnesses of SM2 lists.
        if (pki.Algorithm.Scheme != SignatureScheme.Sm2)
        {
            Tool verified = Tool.Run("openssl", "crl", "-inform", "DER", "-in", path, "-noout", "-verify", "-CAfile", issuing);
            Assert.Contains("verify OK", verified.Output + verified.Error, StringComparison.Ordinal);
        }

        CertificateRevocationList read = CertificateRevocationList.Decode(crl.RawData);
        Assert.True(SignatureVerifier.Verify(pki.Issuing.Certificate.SubjectPublicKeyInfo.Span, read.SignatureAlgorithm, read.TbsCertList.Span, read.SignatureValue.Span));
    }

    [Fact]
    public async Task Openssl_refuses_a_revoked_certificate_by_our_crl()
    {
        using TestHierarchy pki = await TestHierarchy.CreateAsync();
        using var folder = new TemporaryFolder();
        string root = TestHierarchy.Write(folder.Path, "root.pem", pki.Root.Certificate);
        string issuing = TestHierarchy.Write(folder.Path, "issuing.pem", pki.Issuing.Certificate);
        IssuedCertificate issued = await pki.IssueAsync(CertificateProfile.EnterpriseSeal, TestHierarchy.Company);
        string leaf = TestHierarchy.Write(folder.Path, "leaf.pem", issued.Certificate);
        var publisher = new CrlPublisher(pki.Issuing);
        string rootCrl = WritePem(folder, "root.crl", await new CrlPublisher(pki.Root).PublishAsync());

        string before = WritePem(folder, "before.crl", await publisher.PublishAsync());
        Tool good = Verify(before);
        Assert.True(good.ExitCode == 0, good.Output + good.Error);

        await pki.Issuing.RevokeAsync(issued.SerialNumber, RevocationReason.CessationOfOperation);
        string after = WritePem(folder, "after.crl", await publisher.PublishAsync());
        Assert.Contains("certificate revoked", Verify(after).Error, StringComparison.Ordinal);

        Tool Verify(string crl) => Tool.Run(
            "openssl", "verify", "-x509_strict", "-crl_check_all", "-extended_crl", "-CAfile", root, "-untrusted", issuing, "-CRLfile", rootCrl, "-CRLfile", crl, leaf);
    }

    [Fact]
    public async Task Certtool_reads_our_crl()
    {
        using TestHierarchy pki = await TestHierarchy.CreateAsync();
        using var folder = new TemporaryFolder();
        string serial = (await pki.IssueAsync(CertificateProfile.Person, TestHierarchy.Individual)).SerialNumber;
        await pki.Issuing.RevokeAsync(serial, RevocationReason.AffiliationChanged);
        string crl = WritePem(folder, "issuing.crl", await new CrlPublisher(pki.Issuing).PublishAsync());
        string issuing = TestHierarchy.Write(folder.Path, "issuing.pem", pki.Issuing.Certificate);
        Tool result = Tool.Run("certtool", "--verify-crl", "--load-ca-certificate", issuing, "--infile", crl);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        Assert.Contains(serial, result.Output, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task An_empty_crl_has_no_list_and_still_says_everything_else()
    {
        using TestHierarchy pki = await TestHierarchy.CreateAsync();
        PublishedCrl published = await new CrlPublisher(pki.Issuing).PublishAsync();
        CertificateRevocationList crl = CertificateRevocationList.Decode(published.RawData);
        Assert.Equal(0, crl.EntryCount);
        Assert.Equal(new byte[] { 1 }, crl.Number!.Value.ToArray());
        Assert.Equal(pki.Issuing.KeyIdentifier.ToArray(), crl.AuthorityKeyIdentifier!.KeyIdentifier!.Value.ToArray());
        Assert.Equal(pki.Issuing.Certificate.NotBefore, crl.ExpiredCertificatesFrom);
        Assert.Null(crl.IssuingDistributionPoint);
        Assert.Equal(published.NextUpdate, crl.NextUpdate);
        Assert.Equal(2, (await new CrlPublisher(pki.Issuing).PublishAsync()).Number);
    }

    [Fact]
    public async Task Every_reason_and_date_is_read_back()
    {
        using TestHierarchy pki = await TestHierarchy.CreateAsync(now: new DateTimeOffset(2049, 12, 31, 23, 0, 0, TimeSpan.Zero));
        RevocationReason[] reasons = [.. Enum.GetValues<RevocationReason>().Where(reason => reason != RevocationReason.RemoveFromCrl)];
        var serials = new Dictionary<string, RevocationReason>(StringComparer.Ordinal);
        foreach (RevocationReason reason in reasons)
        {
            string serial = (await pki.IssueAsync(CertificateProfile.Person, TestHierarchy.Individual)).SerialNumber;
            serials[serial] = reason;
            pki.Clock.Now = pki.Clock.Now.AddMinutes(10); // over the edge of 2050: UTCTime, then GeneralizedTime
            await pki.Issuing.RevokeAsync(serial, reason, reason == RevocationReason.KeyCompromise ? pki.Clock.Now.AddYears(-1) : null);
        }

        CertificateRevocationList crl = CertificateRevocationList.Decode((await new CrlPublisher(pki.Issuing).PublishAsync()).RawData);
        Assert.Equal(reasons.Length, crl.EntryCount);
        foreach ((string serial, RevocationReason reason) in serials)
        {
            CrlEntry entry = crl.Find(pki.Issuing.Certificate.Subject, Convert.FromHexString(serial))!;
            Assert.Equal(reason, entry.Reason ?? RevocationReason.Unspecified);
            Assert.Equal(reason == RevocationReason.KeyCompromise, entry.InvalidityDate is not null);
        }
    }

    [Fact]
    public async Task Partitions_share_the_certificates_and_name_themselves_critically()
    {
        using TestHierarchy pki = await TestHierarchy.CreateAsync(publication: new PublicationPoints { CrlUris = ["http://pki.example/crl/{partition}.crl"], CrlPartitions = 3 });
        var publisher = new CrlPublisher(pki.Issuing);
        for (int i = 0; i < 12; i++)
        {
            IssuedCertificate issued = await pki.IssueAsync(CertificateProfile.Person, TestHierarchy.Individual);
            string uri = Assert.Single(issued.Certificate.CrlDistributionPoints!).Name!.FullName![0].Text;
            await pki.Issuing.RevokeAsync(issued.SerialNumber, RevocationReason.Superseded);
            int partition = int.Parse(uri.AsSpan("http://pki.example/crl/".Length, 1), CultureInfo.InvariantCulture);
            CertificateRevocationList crl = CertificateRevocationList.Decode((await publisher.PublishPartitionAsync(partition)).RawData);
            Assert.NotNull(crl.Find(pki.Issuing.Certificate.Subject, issued.Certificate.SerialNumber));
            Assert.Equal(uri, crl.IssuingDistributionPoint!.Name!.FullName![0].Text);
            Assert.True(crl.Find("2.5.29.28")!.IsCritical);
        }

        int sum = 0;
        for (int partition = 0; partition < 3; partition++)
        {
            sum += (await publisher.PublishPartitionAsync(partition)).EntryCount;
        }

        Assert.Equal(12, sum);
        Assert.Equal(12, (await publisher.PublishAsync()).EntryCount);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await publisher.PublishPartitionAsync(3));
        await Assert.ThrowsAsync<ArgumentException>(() => TestHierarchy.CreateAsync(publication: new PublicationPoints { CrlUris = ["http://pki.example/one.crl"], CrlPartitions = 3 }));
    }

    [Fact]
    public async Task A_delta_lists_what_changed_and_what_was_released()
    {
        using TestHierarchy pki = await TestHierarchy.CreateAsync();
        var publisher = new CrlPublisher(pki.Issuing);
        string old = (await pki.IssueAsync(CertificateProfile.Person, TestHierarchy.Individual)).SerialNumber;
        string held = (await pki.IssueAsync(CertificateProfile.Person, TestHierarchy.Individual)).SerialNumber;
        string fresh = (await pki.IssueAsync(CertificateProfile.Person, TestHierarchy.Individual)).SerialNumber;
        await pki.Issuing.RevokeAsync(old, RevocationReason.Superseded);
        await pki.Issuing.RevokeAsync(held, RevocationReason.CertificateHold);
        pki.Clock.Now = pki.Clock.Now.AddHours(1);
        PublishedCrl complete = await publisher.PublishAsync();
        pki.Clock.Now = pki.Clock.Now.AddHours(1);
        await pki.Issuing.RevokeAsync(fresh, RevocationReason.KeyCompromise);
        await pki.Issuing.ReleaseAsync(held);

        PublishedCrl published = await publisher.PublishDeltaAsync(CertificateRevocationList.Decode(complete.RawData));
        CertificateRevocationList delta = CertificateRevocationList.Decode(published.RawData);
        Assert.True(delta.IsDelta);
        Assert.True(delta.Find("2.5.29.27")!.IsCritical);
        Assert.Equal(complete.Number, delta.DeltaBaseNumber!.Value.Span[^1]);
        Assert.True(published.Number > complete.Number);
        Assert.Equal(2, delta.EntryCount);
        Assert.Equal(RevocationReason.KeyCompromise, delta.Find(pki.Issuing.Certificate.Subject, Convert.FromHexString(fresh))!.Reason);
        Assert.Equal(RevocationReason.RemoveFromCrl, delta.Find(pki.Issuing.Certificate.Subject, Convert.FromHexString(held))!.Reason);
        Assert.Equal(2, (await publisher.PublishAsync()).EntryCount);
    }

    private static string WritePem(TemporaryFolder folder, string name, PublishedCrl crl)
    {
        string path = folder.PathTo(name);
        File.WriteAllText(path, System.Security.Cryptography.PemEncoding.WriteString("X509 CRL", crl.RawData.Span));
        return path;
    }
}
