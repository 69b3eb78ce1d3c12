using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ESign.Pdf.Reporting;
using ESign.Pdf.Tests.Verification;
using ESign.Testing;

namespace ESign.Pdf.Tests.Reporting;

public class SigningEvidenceTests
{
    [Fact]
    public void The_committed_example_follows_its_schema_and_its_proofs_hold()
    {
        byte[] example = File.ReadAllBytes(ExampleEvidence.ExamplePath);
        using JsonDocument schema = JsonDocument.Parse(File.ReadAllText(Repository.PathTo("docs", "schemas", "evidence.schema.json")));
        using JsonDocument document = JsonDocument.Parse(example);
        Assert.Empty(new JsonSchema(schema.RootElement).Check(document.RootElement));

        SigningEvidence evidence = SigningEvidence.Parse(example);
        LogProofs proofs = LogProofs.Check(evidence.File.Log!);
        Assert.NotNull(proofs.Checkpoint);
        Assert.All(proofs.All, proof => Assert.True(proof.Holds));
        Assert.All(evidence.File.Timeline, item => Assert.Equal(EventProof.Proved, proofs.Judge(item)));
    }

    [Fact]
    public async Task An_altered_record_path_event_or_checkpoint_is_noticed()
    {
        JsonObject evidence = await ExampleEvidence.CreateAsync([1]);
        Assert.Equal(EventProof.Proved, Judge(evidence, _ => { }));
        Assert.Equal(EventProof.Failed, Judge(evidence, log => log["proofs"]![0]!["record"] = Convert.ToBase64String("{}"u8)));
        Assert.Equal(EventProof.Failed, Judge(evidence, log => log["proofs"]![0]!["path"]!.AsArray().RemoveAt(0)));
        Assert.Equal(EventProof.NoCheckpoint, Judge(evidence, log => log["checkpoint"] = log["checkpoint"]!.GetValue<string>().Replace("\n8\n", "\n9\n", StringComparison.Ordinal)));
        Assert.Equal(EventProof.NoCheckpoint, Judge(evidence, log => log["algorithm"] = "none"));
        Assert.Equal(EventProof.NoCheckpoint, Judge(evidence, log => log["publicKey"] = "AAAA"));
        Assert.Equal(EventProof.Missing, Judge(evidence, log => log["proofs"]!.AsArray().RemoveAt(0)));

        evidence["timeline"]![0]!["actor"] = "另一人";
        Assert.Equal(EventProof.Differs, Judge(evidence, _ => { }));
    }

    [Fact]
    public async Task A_timestamp_over_the_checkpoint_is_checked()
    {
        SignedFixture fixture = await SignedFixture.CreateAsync();
        JsonObject evidence = await ExampleEvidence.CreateAsync([1], fixture.Pki.Timestamps);
        LogProofs good = LogProofs.Check(Parse(evidence).File.Log!);
        Assert.Null(good.Stamps(good.Log.Anchors[0]));
        Assert.True(good.Stamps(good.Log.Anchors[1]));

        JsonObject other = await ExampleEvidence.CreateAsync([1]);
        other["log"]!["anchors"] = evidence["log"]!["anchors"]!.DeepClone();
        LogProofs bad = LogProofs.Check(Parse(other).File.Log!);
        Assert.False(bad.Stamps(bad.Log.Anchors[1]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"version":2}""")]
    [InlineData("""{"version":1,"parties":[null]}""")]
    [InlineData("""{"version":1,"parties":null}""")]
    [InlineData("""{"version":1,"parties":[{"id":"a"}]}""")]
    [InlineData("""{"version":1,"version":1}""")]
    [InlineData("""{"version":1,"timeline":[{"type":"signed","at":"2026-01-06T15:02:11"}]}""")]
    [InlineData("""{"version":1,"contract":{"id":"\ud800"}}""")]
    public void What_does_not_follow_the_schema_is_refused(string json) =>
        Assert.Throws<FormatException>(() => SigningEvidence.Parse(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void Deep_and_large_files_are_refused()
    {
        Assert.Throws<FormatException>(() => SigningEvidence.Parse(Encoding.UTF8.GetBytes("{\"x\":" + new string('[', 100_000))));
        Assert.Throws<FormatException>(() => SigningEvidence.Parse(new byte[33 << 20]));
    }

    [Fact]
    public void Unknown_members_are_ignored() => Assert.Equal(1, SigningEvidence.Parse("""{"version":1,"more":{"x":[1]}}"""u8).File.Version);

    private static SigningEvidence Parse(JsonObject evidence) => SigningEvidence.Parse(ExampleEvidence.Utf8(evidence));

    private static EventProof Judge(JsonObject evidence, Action<JsonNode> change)
    {
        var copy = (JsonObject)evidence.DeepClone();
        change(copy["log"]!);
        SigningEvidence parsed = Parse(copy);
        return LogProofs.Check(parsed.File.Log!).Judge(parsed.File.Timeline[0]);
    }
}
