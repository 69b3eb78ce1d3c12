using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using ESign.Pdf;
using ESign.Pdf.Seals;
using ESign.Pdf.Signing;
using ESign.Pki.Certificates;
using ESign.Pki.Revocation;
using ESign.Pki.Timestamping;
using ESign.Testing;

namespace ESign.AspNetCore.Tests;

/// <summary>A document signed with what the running server gives – certificate, timestamps, status – and verified by it.</summary>
public class VerificationTests(RunningServer server)
{
    [Fact]
    public async Task A_B_LTA_signature_made_against_the_server_is_valid_to_the_server()
    {
        byte[] signed = await SignAsync(server);
        JsonNode report = await VerifyAsync(signed);
        Assert.Equal("valid", (string?)report["verdict"]);
        JsonNode signature = report["signatures"]!.AsArray().First(static each => (string?)each!["kind"] == "signature")!;
        Assert.Equal("TOTAL-PASSED", (string?)signature["indication"]);
        Assert.Equal("深圳示例科技有限公司", (string?)signature["signer"]);
        Assert.NotNull(signature["rectangle"]);
    }

    [Fact]
    public async Task A_changed_byte_is_not_valid()
    {
        byte[] signed = await SignAsync(server);
        int stream = signed.AsSpan().IndexOf("stream"u8) + 40;
        signed[stream] ^= 1;
        Assert.NotEqual("valid", (string?)(await VerifyAsync(signed))["verdict"]);
    }

    [Theory]
    [InlineData("html", "text/html", "<!")]
    [InlineData("pdf", "application/pdf", "%PDF")]
    [InlineData("xml", "application/xml", "<")]
    public async Task The_report_comes_in_other_forms(string format, string type, string beginning)
    {
        using HttpResponseMessage response = await PostAsync(await SignAsync(server), "?lang=en&format=" + format);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(type, response.Content.Headers.ContentType?.MediaType);
        Assert.StartsWith(beginning, (await response.Content.ReadAsStringAsync()).TrimStart('\uFEFF'), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task What_is_no_PDF_is_a_problem_document()
    {
        using HttpResponseMessage response = await PostAsync("hello"u8.ToArray(), "");
        Assert.Equal("unreadable-notapdf", (string?)(await RunningServer.ReadAsync(response, HttpStatusCode.UnprocessableEntity))["code"]);
    }

    /// <summary>The contract of the samples, sealed with a certificate of the server's, to B-LTA.</summary>
    internal static async Task<byte[]> SignAsync(RunningServer server)
    {
        using var folder = new TemporaryFolder();
        await server.IssueEnterpriseAsync(folder);
        string chain = File.ReadAllText(folder.PathTo("request.pem")) + File.ReadAllText(folder.PathTo("issuing.pem")) + File.ReadAllText(folder.PathTo("root.pem"));
        using SigningCredential credential = SigningCredential.LoadPem(chain, File.ReadAllText(folder.PathTo("request.key")));
        var options = new SignatureOptions
        {
            Seal = Seal.Draw(SealDesign.Official("深圳示例科技有限公司", code: "4403000000001")).Place(SealPlacement.At(1, 300, 400)),
            Level = PadesLevel.LTA(new HttpTimestampSource(server.Client, new Uri(server.Address, "/tsa")), new OnlineRevocationSource(server.Client)),
        };
        using var input = new MemoryStream(File.ReadAllBytes(Repository.PathTo("samples", "QuickStart", "contract.pdf")));
        using var output = new MemoryStream();
        await new PdfSigner(credential).SignAsync(input, output, options, TestContext.Current.CancellationToken);
        return output.ToArray();
    }

    private async Task<JsonNode> VerifyAsync(byte[] pdf)
    {
        using HttpResponseMessage response = await PostAsync(pdf, "?name=contract.pdf");
        return await RunningServer.ReadAsync(response);
    }

    private Task<HttpResponseMessage> PostAsync(byte[] pdf, string query)
    {
        var content = new ByteArrayContent(pdf);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/pdf");
        return server.Client.PostAsync("/api/v1/verify" + query, content);
    }
}
