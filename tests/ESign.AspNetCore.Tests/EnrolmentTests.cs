using System.Net;
using System.Text.Json.Nodes;
using ESign.Pki.Certificates;
using ESign.Testing;

namespace ESign.AspNetCore.Tests;

/// <summary>EST (RFC 7030) as curl and openssl do it.</summary>
public class EnrolmentTests(RunningServer server)
{
    private string Est => server.Address + ".well-known/est";

    [Fact]
    public async Task Curl_enrols_once_and_renews_with_a_token_made_for_the_subject()
    {
        using var folder = new TemporaryFolder();
        string token = await EnrolAsync();
        Certificate first = Enrol(folder, token, "simpleenroll", "first");
        Assert.Contains("深圳示例科技有限公司", first.Subject.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("claimed", first.Subject.ToString(), StringComparison.Ordinal);

        Assert.Equal(403, Post(folder, token, "simpleenroll", "first"));
        Certificate second = Enrol(folder, token, "simplereenroll", "second");
        Assert.Equal(first.Subject, second.Subject);
        Assert.NotEqual(first.SerialNumberHex, second.SerialNumberHex);
    }

    [Fact]
    public async Task Renewal_comes_after_enrolment_and_a_stranger_gets_a_challenge()
    {
        using var folder = new TemporaryFolder();
        RunningServer.CreateCsr(folder, "csr");
        Assert.Equal(403, Post(folder, await EnrolAsync(), "simplereenroll", "csr"));
        Assert.Equal(401, Post(folder, "esign_nonsense", "simpleenroll", "csr"));
        Assert.Equal(403, Post(folder, server.OfficerToken, "simpleenroll", "csr"));
        using HttpResponseMessage reply = await server.Client.PostAsync("/.well-known/est/simpleenroll", new StringContent("AA=="));
        Assert.Equal("Basic", reply.Headers.WwwAuthenticate.Single().Scheme);
    }

    [Fact]
    public async Task A_request_that_does_not_prove_its_key_or_is_none_is_refused_and_the_token_stays_good()
    {
        using var folder = new TemporaryFolder();
        string token = await EnrolAsync();
        RunningServer.CreateCsr(folder, "csr");
        byte[] der = Convert.FromBase64String(string.Concat(File.ReadAllLines(folder.PathTo("csr.csr")).Where(static line => !line.StartsWith('-'))));
        der[^1] ^= 1;
        Assert.Equal(422, await PostRawAsync(token, Convert.ToBase64String(der)));
        Assert.Equal(400, await PostRawAsync(token, "not base64 !"));
        Assert.Equal(400, await PostRawAsync(token, ""));
        Assert.Equal(413, await PostRawAsync(token, new string('A', 200_000)));
        Enrol(folder, token, "simpleenroll", "good");
    }

    [Fact]
    public void Cacerts_and_csrattrs_are_read_by_openssl()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(0, Tool.Run("curl", "-sf", Est + "/cacerts", "-o", folder.PathTo("ca.b64")).ExitCode);
        File.WriteAllBytes(folder.PathTo("ca.p7"), Convert.FromBase64String(File.ReadAllText(folder.PathTo("ca.b64"))));
        Tool certificates = Tool.Run("openssl", "pkcs7", "-inform", "DER", "-in", folder.PathTo("ca.p7"), "-print_certs", "-noout");
        Assert.Contains("DEVELOPMENT Root", certificates.Output, StringComparison.Ordinal);
        Assert.Equal(0, Tool.Run("curl", "-sf", Est + "/csrattrs", "-o", folder.PathTo("attrs.b64")).ExitCode);
        File.WriteAllBytes(folder.PathTo("attrs"), Convert.FromBase64String(File.ReadAllText(folder.PathTo("attrs.b64"))));
        Assert.Contains("prime256v1", Tool.Run("openssl", "asn1parse", "-inform", "DER", "-in", folder.PathTo("attrs")).Output, StringComparison.Ordinal);
    }

    private async Task<string> EnrolAsync()
    {
        using HttpResponseMessage made = await server.SendAsync(HttpMethod.Post, "/api/v1/enrolments", server.OfficerToken, new
        {
            profile = "enterprise-seal",
            subject = new { kind = "enterprise", name = "深圳示例科技有限公司", creditCode = "91350100M000100Y43" },
            evidence = "case 9",
        });
        JsonNode token = await RunningServer.ReadAsync(made, HttpStatusCode.Created);
        return (string)token["token"]!;
    }

    private Certificate Enrol(TemporaryFolder folder, string token, string operation, string name)
    {
        RunningServer.CreateCsr(folder, name);
        Assert.Equal(200, Post(folder, token, operation, name));
        Certificate certificate = Assert.Single(Certificate.LoadMany(Convert.FromBase64String(File.ReadAllText(folder.PathTo(name + ".b64")))));
        byte[] key = Certificate.Decode(certificate.RawData).SubjectPublicKeyInfo.ToArray();
        File.WriteAllBytes(folder.PathTo("spki"), key);
        Assert.Equal(
            Tool.Run("openssl", "pkey", "-in", folder.PathTo(name + ".key"), "-pubout").Output,
            Tool.Run("openssl", "pkey", "-pubin", "-inform", "DER", "-in", folder.PathTo("spki"), "-pubout").Output);
        return certificate;
    }

    private int Post(TemporaryFolder folder, string token, string operation, string name)
    {
        Assert.Equal(0, Tool.Run("openssl", "req", "-in", folder.PathTo(name + ".csr"), "-outform", "DER", "-out", folder.PathTo(name + ".der")).ExitCode);
        File.WriteAllText(folder.PathTo(name + ".req"), Convert.ToBase64String(File.ReadAllBytes(folder.PathTo(name + ".der")), Base64FormattingOptions.InsertLineBreaks));
        Tool curl = Tool.Run(
            "curl", "-s", "-u", "est:" + token, "-H", "Content-Type: application/pkcs10", "-H", "Content-Transfer-Encoding: base64",
            "--data-binary", "@" + folder.PathTo(name + ".req"), "-o", folder.PathTo(name + ".b64"), "-w", "%{http_code}", $"{Est}/{operation}");
        return int.Parse(curl.Output);
    }

    private async Task<int> PostRawAsync(string token, string body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/.well-known/est/simpleenroll") { Content = new StringContent(body, System.Text.Encoding.ASCII, "application/pkcs10") };
        request.Headers.Authorization = new("Bearer", token);
        using HttpResponseMessage response = await server.Client.SendAsync(request);
        return (int)response.StatusCode;
    }
}
