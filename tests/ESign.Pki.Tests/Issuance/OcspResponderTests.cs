using ESign.Pki.Certificates;
using ESign.Pki.Issuance;
using ESign.Pki.Keys;
using ESign.Pki.Names;
using ESign.Pki.Revocation;
using ESign.Testing;

namespace ESign.Pki.Tests.Issuance;

/// <summary>The OCSP responder, asked by openssl and by our own encoder.</summary>
public sealed class OcspResponderTests
{
    [Theory]
    [InlineData("ECDSA-P256-SHA256")]
    [InlineData("RSA-PKCS1-SHA256")]
    public async Task Openssl_asks_and_verifies(string algorithmName)
    {
        using TestHierarchy pki = await TestHierarchy.CreateAsync(SignatureAlgorithm.FromName(algorithmName)!);
        using var folder = new TemporaryFolder();
        OcspResponder responder = await CreateAsync(pki);
        string root = TestHierarchy.Write(folder.Path, "root.pem", pki.Root.Certificate);
        string issuing = TestHierarchy.Write(folder.Path, "issuing.pem", pki.Issuing.Certificate);
        IssuedCertificate issued = await pki.IssueAsync(CertificateProfile.EnterpriseSeal, TestHierarchy.Company);
        string leaf = TestHierarchy.Write(folder.Path, "leaf.pem", issued.Certificate);

        Assert.Contains("leaf.pem: good", await AskAsync(), StringComparison.Ordinal);
        await pki.Issuing.RevokeAsync(issued.SerialNumber, RevocationReason.KeyCompromise);
        string revoked = await AskAsync();
        Assert.Contains("leaf.pem: revoked", revoked, StringComparison.Ordinal);
        Assert.Contains("Reason: keyCompromise", revoked, StringComparison.Ordinal);

        async Task<string> AskAsync()
        {
            string request = folder.PathTo("request.der");
            string response = folder.PathTo("response.der");
            Tool made = Tool.Run("openssl", "ocsp", "-sha256", "-issuer", issuing, "-cert", leaf, "-reqout", request);
            Assert.True(made.ExitCode == 0, made.Error);
            OcspAnswer answer = await responder.AnswerAsync(await File.ReadAllBytesAsync(request));
            await File.WriteAllBytesAsync(response, answer.RawData.ToArray());

            // With -respin openssl makes its own request to compare with; a nonce of its own would not match.
            Tool read = Tool.Run("openssl", "ocsp", "-sha256", "-no_nonce", "-issuer", issuing, "-cert", leaf, "-respin", response, "-CAfile", root, "-verify_other", issuing);
            Assert.True(read.ExitCode == 0, read.Output + read.Error);
            Assert.Contains("Response verify OK", read.Error, StringComparison.Ordinal);
            Assert.NotNull(OcspResponse.Decode(answer.RawData).Nonce);
            return read.Output;
        }
    }

    [Fact]
    public async Task Never_issued_is_unknown_and_another_issuer_is_unauthorized()
    {
        using TestHierarchy pki = await TestHierarchy.CreateAsync();
        OcspResponder responder = await CreateAsync(pki);
        OcspRequest request = OcspRequest.Create([CertificateId.Create(pki.Issuing.Certificate, new byte[] { 1, 2, 3 })], default);
        OcspResponse response = OcspResponse.Decode((await responder.AnswerAsync(request.RawData)).RawData);
        Assert.Equal(OcspCertificateStatus.Unknown, Assert.Single(response.Responses).Status);

        OcspRequest foreign = OcspRequest.Create(pki.Issuing.Certificate, pki.Root.Certificate);
        Assert.Equal(OcspResponseStatus.Unauthorized, (await responder.AnswerAsync(foreign.RawData)).Status);
    }

    [Fact]
    public async Task An_intent_without_certificate_is_unknown()
    {
        using TestHierarchy pki = await TestHierarchy.CreateAsync();
        OcspResponder responder = await CreateAsync(pki);
        IssuedCertificate issued = await pki.IssueAsync(CertificateProfile.Person, TestHierarchy.Individual);
        IssuanceIntent intent = (await pki.Issuing.Repository.FindAsync(pki.Issuing.Id, issued.SerialNumber))!.Intent with { SerialNumber = "01aa" };
        Assert.True(await pki.Issuing.Repository.TryRecordIntentAsync(intent));
        OcspRequest request = OcspRequest.Create([CertificateId.Create(pki.Issuing.Certificate, new byte[] { 1, 0xAA })], default);
        Assert.Equal(OcspCertificateStatus.Unknown, Assert.Single(OcspResponse.Decode((await responder.AnswerAsync(request.RawData)).RawData).Responses).Status);
    }

    [Fact]
    public async Task Answers_without_nonce_are_shared_until_the_status_changes()
    {
        using TestHierarchy pki = await TestHierarchy.CreateAsync();
        OcspResponder responder = await CreateAsync(pki);
        IssuedCertificate issued = await pki.IssueAsync(CertificateProfile.Person, TestHierarchy.Individual);
        ReadOnlyMemory<byte> request = OcspRequest.Create(issued.Certificate, pki.Issuing.Certificate).RawData;
        OcspAnswer first = await responder.AnswerAsync(request);
        OcspAnswer again = await responder.AnswerAsync(request);
        Assert.Same(first, again);
        Assert.True(first.IsCacheable);

        await pki.Issuing.RevokeAsync(issued.SerialNumber, RevocationReason.CertificateHold);
        OcspSingleResponse held = Assert.Single(OcspResponse.Decode((await responder.AnswerAsync(request)).RawData).Responses);
        Assert.Equal(OcspCertificateStatus.Revoked, held.Status);
        Assert.Equal(RevocationReason.CertificateHold, held.Reason);

        await pki.Issuing.ReleaseAsync(issued.SerialNumber);
        Assert.Equal(OcspCertificateStatus.Good, Assert.Single(OcspResponse.Decode((await responder.AnswerAsync(request)).RawData).Responses).Status);

        pki.Clock.Now = pki.Clock.Now.AddHours(7); // more than half of twelve hours
        Assert.NotSame(first, await responder.AnswerAsync(request));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(32)]
    [InlineData(128)]
    public async Task RFC_9654_nonces_come_back(int length)
    {
        using TestHierarchy pki = await TestHierarchy.CreateAsync();
        OcspResponder responder = await CreateAsync(pki);
        byte[] nonce = [.. Enumerable.Range(0, length).Select(i => (byte)i)];
        OcspAnswer answer = await responder.AnswerAsync(OcspRequest.Create(pki.Issuing.Certificate, pki.Issuing.Certificate, nonce).RawData);
        Assert.Equal(nonce, OcspResponse.Decode(answer.RawData).Nonce!.Value.ToArray());
        Assert.False(answer.IsCacheable);
    }

    [Fact]
    public async Task RFC_9654_a_nonce_of_129_octets_is_malformed()
    {
        using TestHierarchy pki = await TestHierarchy.CreateAsync();
        OcspResponder responder = await CreateAsync(pki);
        OcspAnswer answer = await responder.AnswerAsync(OcspRequest.Create(pki.Issuing.Certificate, pki.Issuing.Certificate, new byte[129]).RawData);
        Assert.Equal(OcspResponseStatus.MalformedRequest, answer.Status);
        Assert.Equal("30030A0101", Convert.ToHexString(answer.RawData.Span));
    }

    [Fact]
    public async Task RFC_5019_get_with_and_without_escapes()
    {
        using TestHierarchy pki = await TestHierarchy.CreateAsync();
        OcspResponder responder = await CreateAsync(pki);
        IssuedCertificate issued = await pki.IssueAsync(CertificateProfile.Person, TestHierarchy.Individual);
        string base64 = Convert.ToBase64String(OcspRequest.Create(issued.Certificate, pki.Issuing.Certificate).RawData.Span);
        Assert.Equal(OcspResponseStatus.Successful, (await responder.AnswerGetAsync(base64)).Status);
        Assert.Equal(OcspResponseStatus.Successful, (await responder.AnswerGetAsync("/" + Uri.EscapeDataString(base64))).Status);
        Assert.Equal(OcspResponseStatus.MalformedRequest, (await responder.AnswerGetAsync("%%%")).Status);
        Assert.Equal(OcspResponseStatus.MalformedRequest, (await responder.AnswerGetAsync(new string('A', 5000))).Status);
        Assert.Equal(OcspResponseStatus.MalformedRequest, (await responder.AnswerAsync(new byte[] { 0x30, 0x80 })).Status);
    }

    [Fact]
    public async Task Expired_certificates_are_answered_with_the_archive_cutoff()
    {
        using TestHierarchy pki = await TestHierarchy.CreateAsync();
        IssuedCertificate issued = await pki.IssueAsync(CertificateProfile.EventCertificate, TestHierarchy.Individual);
        OcspResponder responder = await CreateAsync(pki);
        pki.Clock.Now = pki.Clock.Now.AddDays(20);
        OcspSingleResponse single = Assert.Single(OcspResponse.Decode((await responder.AnswerAsync(OcspRequest.Create(issued.Certificate, pki.Issuing.Certificate).RawData)).RawData).Responses);
        Assert.Equal(OcspCertificateStatus.Good, single.Status);
        Assert.NotNull(CertificateExtension.Find(single.Extensions, ExtensionOid.OcspArchiveCutoff));
    }

    [Fact]
    public async Task An_expired_responder_says_so()
    {
        using TestHierarchy pki = await TestHierarchy.CreateAsync();
        OcspResponder responder = await CreateAsync(pki);
        pki.Clock.Now = pki.Clock.Now.AddDays(31);
        OcspAnswer answer = await responder.AnswerAsync(OcspRequest.Create(pki.Issuing.Certificate, pki.Issuing.Certificate).RawData);
        Assert.Equal(OcspResponseStatus.InternalError, answer.Status);
    }

    [Fact]
    public async Task A_certificate_for_something_else_cannot_answer()
    {
        using TestHierarchy pki = await TestHierarchy.CreateAsync();
        LocalSigningKey key = pki.NewKey();
        IssuedCertificate issued = await pki.IssueAsync(CertificateProfile.Person, TestHierarchy.Individual, key);
        Assert.Throws<ArgumentException>(() => new OcspResponder(pki.Issuing, issued.WithKey(key)));
    }

    [Fact] // RFC 6960 §4.2.2.2: the answer is verified with the responder's certificate for as long as it is used
    public async Task No_answer_outlives_its_responder()
    {
        using TestHierarchy pki = await TestHierarchy.CreateAsync();
        OcspResponder responder = await CreateAsync(pki);
        IssuedCertificate issued = await pki.IssueAsync(CertificateProfile.EnterpriseSeal, TestHierarchy.Company);
        ReadOnlyMemory<byte> request = OcspRequest.Create(issued.Certificate, pki.Issuing.Certificate).RawData;
        Assert.Equal(TimeSpan.FromHours(12), await ValidityAsync());

        pki.Clock.Now = TbsCertificateWriter.ToSecond(pki.Clock.Now) + CertificateProfile.OcspResponder.DefaultValidity - TimeSpan.FromHours(1);
        Assert.InRange(await ValidityAsync(), TimeSpan.FromMinutes(54), TimeSpan.FromMinutes(55));

        async Task<TimeSpan> ValidityAsync()
        {
            OcspAnswer answer = await responder.AnswerAsync(request, TestContext.Current.CancellationToken);
            OcspSingleResponse single = Assert.Single(OcspResponse.Decode(answer.RawData).Responses);
            Assert.Equal(answer.NextUpdate, single.NextUpdate);
            return single.NextUpdate!.Value - single.ThisUpdate;
        }
    }

    private static async Task<OcspResponder> CreateAsync(TestHierarchy pki)
    {
        LocalSigningKey key = pki.NewKey();
        IssuedCertificate issued = await pki.IssueAsync(CertificateProfile.OcspResponder, CertificateSubject.Service("示例OCSP", "示例机构"), key);
        return new OcspResponder(pki.Issuing, issued.WithKey(key));
    }
}
