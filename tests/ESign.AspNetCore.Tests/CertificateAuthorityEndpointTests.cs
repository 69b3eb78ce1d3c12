using System.Net;
using System.Net.Http.Headers;
using ESign.Pki.Certificates;
using ESign.Pki.Revocation;
using ESign.Testing;

namespace ESign.AspNetCore.Tests;

/// <summary>Certificates, CRLs and OCSP as others fetch them: openssl and curl are the judges.</summary>
public class CertificateAuthorityEndpointTests(RunningServer server)
{
    [Fact]
    public async Task A_certificate_is_good_until_it_is_revoked_by_CRL_and_by_OCSP()
    {
        using var folder = new TemporaryFolder();
        string serial = await server.IssueEnterpriseAsync(folder);
        Assert.Contains(": good", Ocsp(folder), StringComparison.Ordinal);
        Assert.Equal(0, VerifyWithCrl(folder).ExitCode);

        await RunningServer.ReadAsync(await server.SendAsync(HttpMethod.Post, $"/api/v1/certificates/{serial}/revoke", server.OfficerToken, new { reason = "keyCompromise" }));

        Assert.Contains(": revoked", Ocsp(folder), StringComparison.Ordinal);
        Tool refused = VerifyWithCrl(folder);
        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains("certificate revoked", refused.Error + refused.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Certificates_name_addresses_that_answer()
    {
        using var folder = new TemporaryFolder();
        await server.IssueEnterpriseAsync(folder);
        Certificate certificate = Certificate.FromPem(File.ReadAllText(folder.PathTo("request.pem")));
        byte[] issuer = await server.Client.GetByteArrayAsync(new Uri(server.Address, "/ca/issuing.cer"));
        Assert.Equal(Certificate.FromPem(File.ReadAllText(folder.PathTo("issuing.pem"))).RawData.ToArray(), issuer);
        Tool text = Tool.Run("openssl", "x509", "-in", folder.PathTo("request.pem"), "-noout", "-ext", "crlDistributionPoints,authorityInfoAccess");
        foreach (string address in new[] { "ca/crl/issuing.crl", "ca/issuing.cer", "ca/ocsp/issuing" })
        {
            Assert.Contains(server.Address + address, text.Output, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("claimed", certificate.Subject.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_bundle_holds_issuer_and_root()
    {
        IReadOnlyList<Certificate> bundle = Certificate.LoadMany(await server.Client.GetByteArrayAsync("/ca/issuing.p7c"));
        Certificate root = Assert.Single(bundle, static certificate => certificate.Subject.Equals(certificate.Issuer)); // a SET OF has no order
        Certificate issuing = Assert.Single(bundle, certificate => !certificate.Equals(root));
        Assert.Equal(root.Subject, issuing.Issuer);
    }

    [Fact]
    public async Task Rfc5019_6_2_a_GET_answer_says_how_long_it_may_be_kept_and_is_the_same_bytes_again()
    {
        using var folder = new TemporaryFolder();
        await server.IssueEnterpriseAsync(folder);
        Assert.Equal(0, Tool.Run("openssl", "ocsp", "-issuer", folder.PathTo("issuing.pem"), "-cert", folder.PathTo("request.pem"), "-no_nonce", "-reqout", folder.PathTo("q")).ExitCode);
        string path = "/ca/ocsp/issuing/" + Uri.EscapeDataString(Convert.ToBase64String(File.ReadAllBytes(folder.PathTo("q"))));
        using HttpResponseMessage first = await server.Client.GetAsync(path);
        Assert.Equal("application/ocsp-response", first.Content.Headers.ContentType?.MediaType);
        CacheControlHeaderValue cache = first.Headers.CacheControl!;
        Assert.True(cache is { Public: true, NoTransform: true, MustRevalidate: true } && cache.MaxAge > TimeSpan.FromHours(11));
        Assert.NotNull(first.Content.Headers.LastModified);
        Assert.True(first.Content.Headers.Expires > DateTimeOffset.Now);
        byte[] answer = await first.Content.ReadAsByteArrayAsync();
        Assert.Equal(OcspResponseStatus.Successful, OcspResponse.Decode(answer).Status);
        Assert.Equal(answer, await server.Client.GetByteArrayAsync(path));

        var again = new HttpRequestMessage(HttpMethod.Get, path);
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using HttpResponseMessage unchanged = await server.Client.SendAsync(again);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
    }

    [Fact]
    public async Task What_this_server_changes_shows_in_its_next_OCSP_answer_though_answers_are_kept()
    {
        using var folder = new TemporaryFolder();
        string serial = await server.IssueEnterpriseAsync(folder);
        Assert.Equal(0, Tool.Run("openssl", "ocsp", "-issuer", folder.PathTo("issuing.pem"), "-cert", folder.PathTo("request.pem"), "-no_nonce", "-reqout", folder.PathTo("q")).ExitCode);
        string path = "/ca/ocsp/issuing/" + Uri.EscapeDataString(Convert.ToBase64String(File.ReadAllBytes(folder.PathTo("q"))));
        await AssertStatusAsync("good");
        foreach ((string act, object? body, string status) in ((string, object?, string)[])[("hold", null, "revoked"), ("release", null, "good"), ("revoke", new { reason = "keyCompromise" }, "revoked")])
        {
            await RunningServer.ReadAsync(await server.SendAsync(HttpMethod.Post, $"/api/v1/certificates/{serial}/{act}", server.OfficerToken, body));
            await AssertStatusAsync(status);
        }

        async Task AssertStatusAsync(string status)
        {
            for (int i = 0; i < 2; i++) // the second answer is the kept one
            {
                string answer = folder.Write("answer", await server.Client.GetByteArrayAsync(path));
                Assert.Contains("Cert Status: " + status, Tool.Run("openssl", "ocsp", "-respin", answer, "-resp_text", "-noverify").Output, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task Rfc6960_bad_requests_are_answered_in_the_protocol()
    {
        foreach (byte[] bad in new[] { [], "x"u8.ToArray(), new byte[5000] })
        {
            var content = new ByteArrayContent(bad);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/ocsp-request");
            using HttpResponseMessage reply = await server.Client.PostAsync("/ca/ocsp/issuing", content);
            Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
            Assert.Equal(OcspResponseStatus.MalformedRequest, OcspResponse.Decode(await reply.Content.ReadAsByteArrayAsync()).Status);
        }

        using HttpResponseMessage get = await server.Client.GetAsync("/ca/ocsp/issuing/not%20base64");
        Assert.Equal(OcspResponseStatus.MalformedRequest, OcspResponse.Decode(await get.Content.ReadAsByteArrayAsync()).Status);
    }

    [Theory]
    [InlineData("/ca/nobody.cer")]
    [InlineData("/ca/crl/nobody.crl")]
    [InlineData("/ca/crl/issuing-7.crl")]
    [InlineData("/ca/../keys/password")]
    [InlineData("/ca/ocsp/nobody/AAAA")]
    public async Task What_is_not_there_is_a_problem_document(string path)
    {
        using HttpResponseMessage reply = await server.Client.GetAsync(path);
        Assert.NotEmpty((string)(await RunningServer.ReadAsync(reply, HttpStatusCode.NotFound))["requestId"]!);
    }

    private string Ocsp(TemporaryFolder folder)
    {
        Tool openssl = Tool.Run(
            "openssl", "ocsp", "-issuer", folder.PathTo("issuing.pem"), "-cert", folder.PathTo("request.pem"), "-url", server.Address + "ca/ocsp/issuing", "-CAfile", folder.PathTo("root.pem"));
        Assert.True(openssl.ExitCode == 0, openssl.Error);
        Assert.Contains("Response verify OK", openssl.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("nonce", openssl.Error, StringComparison.OrdinalIgnoreCase); // openssl warns when it does not come back
        return openssl.Output;
    }

    private Tool VerifyWithCrl(TemporaryFolder folder)
    {
        foreach (string issuer in new[] { "issuing", "root" })
        {
            Assert.Equal(0, Tool.Run("curl", "-sf", "-o", folder.PathTo(issuer + ".der"), $"{server.Address}ca/crl/{issuer}.crl").ExitCode);
            Assert.Equal(0, Tool.Run("openssl", "crl", "-inform", "DER", "-in", folder.PathTo(issuer + ".der"), "-out", folder.PathTo(issuer + ".crl")).ExitCode);
        }

        return Tool.Run(
            "openssl", "verify", "-crl_check_all", "-CRLfile", folder.PathTo("issuing.crl"), "-CRLfile", folder.PathTo("root.crl"),
            "-CAfile", folder.PathTo("root.pem"), "-untrusted", folder.PathTo("issuing.pem"), folder.PathTo("request.pem"));
    }
}
