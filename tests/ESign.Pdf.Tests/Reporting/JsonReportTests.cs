using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using ESign.Pdf.Reporting;
using ESign.Pdf.Tests.Verification;
using ESign.Pdf.Tests.Verification.Attacks;
using ESign.Pdf.Verification;
using ESign.Testing;

namespace ESign.Pdf.Tests.Reporting;

/// <summary>What <c>esign verify --json</c> prints follows the published schema, whatever the file.</summary>
public class JsonReportTests
{
    private static readonly JsonSerializerOptions s_readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonSchema s_schema = new(JsonDocument.Parse(File.ReadAllText(Repository.PathTo("docs", "schemas", "verification.schema.json"))).RootElement);

    [Fact]
    public void The_committed_example_is_what_is_written_and_follows_the_schema()
    {
        string written = new JsonReport(ReportLanguage.English).Write("contract.pdf", FixedResults.TwoSignatures).ToJsonString(s_readable).ReplaceLineEndings("\n") + "\n";
        string path = Repository.PathTo("docs", "schemas", "verification.example.json");
        if (Environment.GetEnvironmentVariable("ESIGN_ACCEPT_EXAMPLES") == "1")
        {
            File.WriteAllText(path, written);
        }

        Assert.Equal(File.ReadAllText(path).ReplaceLineEndings("\n"), written);
        AssertFollows(JsonNode.Parse(written)!);
    }

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    [InlineData("both")]
    public async Task Verdicts_of_every_kind_follow_the_schema(string language)
    {
        var report = new JsonReport(language switch { "zh-CN" => ReportLanguage.Chinese, "en" => ReportLanguage.English, _ => ReportLanguage.Both });
        foreach (VerificationResult fixedResult in (VerificationResult[])[FixedResults.TwoSignatures, FixedResults.HostileTexts, FixedResults.Unsigned])
        {
            AssertFollows(report.Write("a.pdf", fixedResult));
        }

        SignedFixture fixture = await SignedFixture.CreateAsync();
        AssertFollows(report.Write("lta.pdf", await fixture.VerifyAsync(await fixture.SignAsync(fixture.LTA))));
        Victim victim = await Victim.CreateAsync(certification: 2);
        AssertFollows(report.Write("victim.pdf", (await victim.VerifyAsync(victim.Signed))!));
        foreach ((string name, Func<Victim, byte[]> attack) in UpdateAttacks.All.Concat(FileAttacks.All))
        {
            if (await victim.VerifyAsync(attack(victim)) is { } result)
            {
                AssertFollows(report.Write(name, result));
            }
        }
    }

    [Fact]
    public void A_file_that_cannot_be_read_follows_the_schema()
    {
        AssertFollows(JsonReport.WriteUnreadable("a.pdf", "NoInput", "没有该文件 / there is no such file"));
        AssertFollows(new JsonReport().WriteUnreadable("a.pdf", new PdfFormatException(PdfErrorCode.Structure, "no catalog")));
        JsonObject placed = new JsonReport(ReportLanguage.English).WriteUnreadable("a.pdf", new PdfFormatException(PdfErrorCode.NotAPdf, "no header", 12, "7.5.2"));
        AssertFollows(placed);
        Assert.Equal("""{"code":"NotAPdf","message":"Not a PDF: no header (offset 12) [ISO 32000-2 §7.5.2]","offset":12,"citation":"ISO 32000-2 §7.5.2"}""", placed["error"]!.ToJsonString(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));
    }

    [Fact]
    public async Task Every_file_of_the_corpus_follows_the_schema()
    {
        foreach (string folder in (string[])["signed", "attacks"])
        {
            foreach (string path in Directory.EnumerateFiles(SharedData.Require("corpus", folder), "*.pdf"))
            {
                try
                {
                    VerificationResult result = await new PdfVerifier(new VerificationPolicy { IntegrityOnly = true }).VerifyAsync(path, TestContext.Current.CancellationToken);
                    AssertFollows(new JsonReport(ReportLanguage.English).Write(path, result));
                }
                catch (PdfFormatException)
                {
                    // Encrypted, or beyond repair: the other form of the report.
                }
            }
        }
    }

    internal static void AssertFollows(JsonNode report)
    {
        using JsonDocument document = JsonDocument.Parse(report.ToJsonString());
        Assert.Empty(s_schema.Check(document.RootElement));
    }
}
