using System.Text;
using System.Text.Json;
using ESign.Testing;
using ESign.Testing.PdfBuilder;

namespace ESign.Cli.Tests.Commands;

/// <summary><c>esign fill</c>: every kind of control from a JSON file, and its exit codes.</summary>
public sealed class FillCommandTests : IDisposable
{
    /// <summary>A PNG of one orange point.</summary>
    private const string Point = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAABGdBTUEAALGPC/xhBQAAACBjSFJNAAB6JgAAgIQAAPoAAACA6AAAdTAAAOpgAAA6mAAAF3CculE8AAAABmJLR0QA/wD/AP+gvaeTAAAAB3RJTUUH6gsUDSsjD2981QAAAAxJREFUCNdj+L+UAQAESwGl7i1l6QAAACV0RVh0ZGF0ZTpjcmVhdGUAMjAyNi0xMS0yMFQxMzo0MzozNSswMDowML9IetYAAAAldEVYdGRhdGU6bW9kaWZ5ADIwMjYtMTEtMjBUMTM6NDM6MzUrMDA6MDDOFcJqAAAAAElFTkSuQmCC";

    private const string Every = """
        [
          { "ComponentType": "TEXT", "ComponentPosX": 60, "ComponentPosY": 60, "ComponentWidth": 200, "ComponentHeight": 20, "ComponentValue": "合同编号：2026-001", "ComponentExtra": "{\"FontSize\":14,\"FontColor\":\"200,0,0\"}" },
          { "ComponentType": "MULTI_LINE_TEXT", "ComponentPosX": 60, "ComponentPosY": 90, "ComponentWidth": 200, "ComponentHeight": 60, "ComponentValue": "第一行\n第二行", "ComponentExtra": { "FontAlign": "Right" } },
          { "ComponentType": "CHECK_BOX", "ComponentPosX": 60, "ComponentPosY": 160, "ComponentWidth": 14, "ComponentHeight": 14, "ComponentValue": "true" },
          { "ComponentType": "SELECTOR", "ComponentPosX": 90, "ComponentPosY": 160, "ComponentWidth": 80, "ComponentHeight": 16, "ComponentValue": "选项乙" },
          { "ComponentType": "DATE", "ComponentPosX": 180, "ComponentPosY": 160, "ComponentWidth": 119, "ComponentHeight": 20, "ComponentValue": "2026年01月09日" },
          { "ComponentType": "FILL_IMAGE", "ComponentPosX": 320, "ComponentPosY": 60, "ComponentWidth": 50, "ComponentHeight": 50, "ComponentValue": "point.png" },
          { "ComponentType": "WATERMARK", "ComponentValue": "样本", "ComponentExtra": { "Opacity": 0.2, "Rotate": 0, "Position": "LeftBottom" } }
        ]
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    private string Out => _folder.PathTo("filled.pdf");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_kind_of_control_is_printed()
    {
        _folder.Write("point.png", Convert.FromBase64String(Point));
        Assert.True(await Fill(Every, "--json") == 0, _error.ToString());
        Assert.Equal(7, JsonDocument.Parse(_output.ToString()).RootElement.GetProperty("controls").GetInt32());
        string text = Tool.Run("pdftotext", Out, "-").Output;
        foreach (string printed in (string[])["合同编号：2026-001", "第一行", "第二行", "选项乙", "2026年01月09日", "样本"])
        {
            Assert.Contains(printed, text, StringComparison.Ordinal);
        }

        Assert.Contains("yes yes yes", Tool.Run("pdffonts", Out).Output, StringComparison.Ordinal); // embedded, a subset, with a way back to text
        Assert.Contains(" 1 ", Tool.Run("pdfimages", "-list", Out).Output, StringComparison.Ordinal);
        Assert.Empty(Witness.QpdfComplaints(Out));
        Assert.DoesNotContain("/AcroForm", Encoding.Latin1.GetString(File.ReadAllBytes(Out)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(64, "Usage", """[{ "ComponentType": "SIGN_SEAL" }]""")]
    [InlineData(64, "Usage", """[{ "ComponentType": "TEXT", "ComponentValue": "" }]""")]
    [InlineData(64, "Usage", """[{ "ComponentType": "WATERMARK", "ComponentValue": "样本", "ComponentExtra": { "Density": 4 } }]""")]
    [InlineData(64, "Usage", "{ not JSON")]
    [InlineData(66, "NoInput", """[{ "ComponentType": "FILL_IMAGE", "ComponentValue": "absent.png" }]""")]
    [InlineData(67, "XOutOfRange", """[{ "ComponentType": "TEXT", "ComponentPosX": 500, "ComponentWidth": 119, "ComponentValue": "甲" }]""")]
    [InlineData(67, "KeywordNotFound", """[{ "ComponentType": "TEXT", "GenerateMode": "KEYWORD", "ComponentId": "absent", "ComponentValue": "甲" }]""")]
    public async Task What_cannot_be_filled_is_refused_with_its_code(int exitCode, string code, string controls)
    {
        Assert.Equal(exitCode, await Fill(controls, "--json"));
        Assert.Equal(code, JsonDocument.Parse(_output.ToString()).RootElement.GetProperty("code").GetString());
        Assert.Contains("hint: ", _error.ToString(), StringComparison.Ordinal);
        Assert.False(File.Exists(Out));
    }

    [Fact]
    public async Task A_signed_document_is_not_filled()
    {
        TestPki pki = await TestPki.SharedAsync();
        string[] credential = ["--credential", _folder.Write("e.p12", pki.Enterprise.ExportPkcs12("secret")), "--password-file", _folder.Write("pw", "secret\n"u8.ToArray())];
        string signed = _folder.PathTo("signed.pdf");
        Assert.Equal(0, await Run(["sign", Input(), signed, .. credential, "--invisible"]));
        Assert.Equal(77, await Run(["fill", signed, Out, "--controls", _folder.Write("c.json", """[{ "ComponentType": "TEXT", "ComponentValue": "甲" }]"""u8.ToArray())]));
        Assert.Contains("文件已经签署，不能再填写", _error.ToString(), StringComparison.Ordinal);
        Assert.False(File.Exists(Out));
    }

    private string Input() => _folder.Write("in.pdf", TestPdf.WithPages().ToBytes());

    private Task<int> Fill(string controls, params string[] arguments) =>
        Run(["fill", Input(), Out, "--controls", _folder.Write("controls.json", Encoding.UTF8.GetBytes(controls)), .. arguments]);

    private Task<int> Run(string[] arguments)
    {
        _output.GetStringBuilder().Clear();
        _error.GetStringBuilder().Clear();
        return CliApplication.RunAsync(arguments, new CliContext(_output, _error, TimeProvider.System));
    }
}
