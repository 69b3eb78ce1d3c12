using System.Text.Json;
using ESign.Pki.Cms;
using ESign.Pki.Timestamping;
using ESign.Testing;

namespace ESign.QuickStart.Tests;

/// <summary>The main job, run as a newcomer runs it, its results judged by programs we did not write.</summary>
public sealed class QuickStartTests : IDisposable
{
    private const string SignatureTimestamp = "1.2.840.113549.1.9.16.2.14";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_sample_contract_is_sealed_signed_timestamped_and_verified()
    {
        Run();
        string signed = Output("signed.pdf");
        AssertWitnessed(signed, parties: 3);

        using JsonDocument verdict = JsonDocument.Parse(File.ReadAllBytes(Output("verdict.json")));
        Assert.Equal("valid", verdict.RootElement.GetProperty("verdict").GetString());
        Assert.All(verdict.RootElement.GetProperty("signatures").EnumerateArray(), signature => Assert.True(signature.GetProperty("modifications").GetProperty("permitted").GetBoolean()));
        Assert.All(new[] { "seal-a.svg", "seal-b.svg", "signature-c.svg", "date-c.svg" }, name => Assert.Contains("<svg", File.ReadAllText(Output(name)), StringComparison.Ordinal));

        byte[] original = File.ReadAllBytes(Repository.PathTo("samples", "QuickStart", "contract.pdf"));
        Assert.True(File.ReadAllBytes(signed).AsSpan().StartsWith(original), "the original bytes are an untouched prefix");
    }

    [Fact]
    public void The_seals_stand_where_they_were_planned()
    {
        Run();
        byte[] before = Render(Output("planned.pdf"), "planned");
        byte[] after = Render(Output("signed.pdf"), "signed");

        // Company A's official seal, 119 × 119 at (110, 118) of the last page: ring and star reach the edges of that square.
        (int left, int top, int right, int bottom) = Pixels.Changed(before, after, fromX: 90, toX: 245, fromY: 90, toY: 260);
        Assert.InRange(left, 109, 111);
        Assert.InRange(top, 117, 119);
        Assert.InRange(right, 228, 230);
        Assert.InRange(bottom, 236, 238);
    }

    [Theory]
    [InlineData("pdfcpu__chineseSimple.pdf")]
    [InlineData("pdfbox__rot270.pdf")]
    [InlineData("pdfpig__90_180_270_rotated.pdf")]
    [InlineData("pdfpig__cropped-and-rotated.pdf")]
    [InlineData("oxidizepdf__udhr_chinese.pdf")]
    [InlineData("laravel-a1__pdfa-2b.pdf")]
    [InlineData("pdfium__linearized.pdf")]
    [InlineData("node-signpdf__no-annotations.pdf")]
    public void A_pdf_of_ones_own_is_signed_the_same_way(string name)
    {
        string own = SharedData.Require("corpus", "to-sign", name);
        Run(own);
        AssertWitnessed(Output("signed.pdf"), parties: 3);
    }

    private void AssertWitnessed(string file, int parties)
    {
        Assert.Empty(Witness.QpdfComplaints(file));
        IReadOnlyList<Witness.PdfSigEntry> entries = Witness.PdfSig(file);
        Assert.Equal(parties, entries.Count);
        Assert.All(entries, entry => Assert.True(entry.IsValid, entry.Text));
        Assert.Single(entries, entry => entry.CoversTotalDocument);

        string root = File.ReadAllText(Output("root-ca.pem"));
        (byte[] Covered, byte[] Value)[] signatures = [.. Witness.SignaturesIn(File.ReadAllBytes(file))];
        Assert.Equal(parties, signatures.Length);
        foreach ((byte[] covered, byte[] value) in signatures)
        {
            Witness.OpenSslCms(value, covered, root, _folder);
            SignerInfo signer = Assert.Single(SignedData.Decode(value).SignerInfos);
            CmsAttribute timestamp = signer.FindUnsignedAttribute(SignatureTimestamp)!;
            TimestampToken.Decode(timestamp.Values[0]);
            Witness.OpenSslTimestamp(timestamp.Values[0].ToArray(), signer.Signature.Span, root, _folder);
        }
    }

    private void Run(params string[] arguments)
    {
        string program = Directory.GetFiles(Repository.PathTo("samples", "QuickStart", "bin"), "QuickStart.dll", SearchOption.AllDirectories).MaxBy(File.GetLastWriteTimeUtc)!;
        Tool result = Tool.Run("dotnet", [program, .. arguments], _folder.Path);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
    }

    private string Output(string name) => Path.Combine(_folder.Path, "out", name);

    private byte[] Render(string file, string name)
    {
        string prefix = _folder.PathTo(name);
        Tool.Run("pdftoppm", "-r", "72", "-f", "5", "-l", "5", "-singlefile", file, prefix);
        return File.ReadAllBytes(prefix + ".ppm");
    }
}
