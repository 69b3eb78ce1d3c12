using System.Diagnostics;
using System.Text.RegularExpressions;
using ESign.Testing;

namespace ESign.Samples.Tests;

/// <summary>The samples of authorities, with openssl as the witness.</summary>
public sealed partial class AuthoritySampleTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void IssueCertificates_issues_for_a_key_made_elsewhere_and_publishes_the_revocation()
    {
        Sample.Witness("openssl", _folder, "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "person.key", "-subj", "/CN=whatever", "-out", "person.csr");
        Sample.Run("IssueCertificates", _folder, null, "person.csr");
        Sample.Witness("openssl", _folder, "crl", "-inform", "DER", "-in", "issuing.crl", "-out", "issuing.crl.pem");

        string person = Sample.Witness("openssl", _folder, "verify", "-CAfile", "root.pem", "-untrusted", "issuing.pem", "-CRLfile", "issuing.crl.pem", "-crl_check", "person.pem");
        Assert.Contains("person.pem: OK", person, StringComparison.Ordinal);
        string subject = Sample.Witness("openssl", _folder, "x509", "-in", "person.pem", "-noout", "-subject", "-nameopt", "utf8");
        Assert.Contains("张三", subject, StringComparison.Ordinal);
        Assert.DoesNotContain("whatever", subject, StringComparison.Ordinal);

        Tool company = Tool.Run("openssl", ["verify", "-CAfile", "root.pem", "-untrusted", "issuing.pem", "-CRLfile", "issuing.crl.pem", "-crl_check", "company.pem"], _folder.Path);
        Assert.Contains("certificate revoked", company.Output + company.Error, StringComparison.Ordinal);
        Sample.Witness("openssl", _folder, "pkcs12", "-in", "company.p12", "-passin", "pass:demonstration", "-nokeys", "-out", "chain.pem");
    }

    [Fact]
    public void AuthorityLetter_comes_back_signed_and_is_accepted()
    {
        string output = Sample.Run("AuthorityLetter", _folder);
        Assert.Contains("Approved: AuthorityLetter", output, StringComparison.Ordinal);
        Assert.True(Assert.Single(Witness.PdfSig(_folder.PathTo("letter-signed.pdf"))).IsValid);
        Assert.Contains("91350100M000100Y43", Tool.Run("pdftotext", _folder.PathTo("letter.pdf"), "-").Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HostedAuthority_answers_timestamp_requests_and_publishes_certificates()
    {
        Tool.Require("curl");
        Tool.Require("openssl");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _folder.Path };
        foreach (string argument in (string[])[Sample.Assembly("HostedAuthority"), "--urls", "http://127.0.0.1:0"])
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;
        try
        {
            string address = await ListeningAddressAsync(process);
            _folder.Write("data", [1, 2, 3]);
            Sample.Witness("openssl", _folder, "ts", "-query", "-data", "data", "-sha256", "-cert", "-out", "q.tsq");
            Sample.Witness("curl", _folder, "-sf", "-H", "Content-Type: application/timestamp-query", "--data-binary", "@q.tsq", "-o", "r.tsr", address + "/tsa");
            Sample.Witness("curl", _folder, "-sf", "-o", "ca.pem", address + "/ca/ca.pem");
            Assert.Contains("Demo Issuing CA", Sample.Witness("openssl", _folder, "x509", "-in", "ca.pem", "-noout", "-subject"), StringComparison.Ordinal);
            string verified = Sample.Witness("openssl", _folder, "ts", "-verify", "-queryfile", "q.tsq", "-in", "r.tsr", "-partial_chain", "-CAfile", "ca.pem");
            Assert.Contains("Verification: OK", verified, StringComparison.Ordinal);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
    }

    private static async Task<string> ListeningAddressAsync(Process process)
    {
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (Listening().Match(line) is { Success: true } match)
            {
                return match.Groups[1].Value;
            }
        }

        Assert.Fail("HostedAuthority ended: " + await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        return "";
    }

    [GeneratedRegex(@"Now listening on: (http://127\.0\.0\.1:\d+)")]
    private static partial Regex Listening();
}
