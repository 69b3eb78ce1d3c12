using System.Text.Json;
using ESign.Testing;
using ESign.Testing.PdfBuilder;

namespace ESign.Cli.Tests.Commands;

/// <summary><c>esign inspect</c>: its output and its exit codes.</summary>
public sealed class InspectCommandTests
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    [Fact]
    public async Task Everything_a_signer_asks_is_in_the_JSON()
    {
        using var file = new TemporaryFile(new TestPdf()
            .Object(1, "<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[4 0 R 6 0 R]>>>>").Object(2, "<</Type/Pages/Kids[10 0 R]/Count 1/MediaBox[0 0 600 800]/Rotate 90>>")
            .Object(4, "<</FT/Sig/T(Party)/V 5 0 R/Subtype/Widget/Rect[1 2 3 4]>>").Object(5, "<</Type/Sig/SubFilter/ETSI.CAdES.detached/M(D:2026)/ByteRange[0 1 2 3]/Contents<00AA>>>")
            .Object(6, "<</FT/Tx/T(Name)/V(\u00FE\u00FF\u5F20\u4E09)>>".Replace("\u5F20\u4E09", "\u005F\u0020\u004E\u0009", StringComparison.Ordinal))
            .Object(10, "<</Type/Page/Parent 2 0 R/CropBox[10 10 590 700]/UserUnit 2/Annots[4 0 R]>>")
            .EndRevision(XrefStyle.Table, "/Root 1 0 R").ToBytes());
        Assert.Equal(0, await Run("inspect", file.Path, "--json"));
        JsonElement facts = JsonDocument.Parse(_output.ToString()).RootElement;
        Assert.Equal("1.7", facts.GetProperty("version").GetString());
        Assert.Equal("table", facts.GetProperty("crossReference").GetString());
        Assert.Equal(JsonValueKind.Null, facts.GetProperty("encryption").ValueKind);
        Assert.False(facts.GetProperty("repaired").GetBoolean());
        JsonElement page = Assert.Single(facts.GetProperty("pages").EnumerateArray());
        Assert.Equal([0, 0, 600, 800], page.GetProperty("mediaBox").EnumerateArray().Select(n => n.GetDouble()));
        Assert.Equal([10, 10, 590, 700], page.GetProperty("cropBox").EnumerateArray().Select(n => n.GetDouble()));
        Assert.Equal(90, page.GetProperty("rotation").GetInt32());
        Assert.Equal(2, page.GetProperty("userUnit").GetDouble());
        Assert.Equal(690, page.GetProperty("width").GetDouble());
        Assert.Equal(new FileInfo(file.Path).Length, Assert.Single(facts.GetProperty("revisions").EnumerateArray()).GetProperty("endOffset").GetInt64());
        JsonElement field = facts.GetProperty("fields")[0];
        Assert.Equal("Party", field.GetProperty("name").GetString());
        Assert.Equal(1, field.GetProperty("widgets")[0].GetProperty("page").GetInt32());
        Assert.Equal("张三", facts.GetProperty("fields")[1].GetProperty("value").GetString());
        JsonElement signature = Assert.Single(facts.GetProperty("signatures").EnumerateArray());
        Assert.Equal("ETSI.CAdES.detached", signature.GetProperty("subFilter").GetString());
        Assert.Equal([0, 1, 2, 3], signature.GetProperty("byteRange").EnumerateArray().Select(n => n.GetInt32()));
        Assert.Equal(2, signature.GetProperty("contentsLength").GetInt32());
    }

    [Fact]
    public async Task A_damaged_file_is_65_and_a_missing_one_66()
    {
        using var file = new TemporaryFile("no PDF at all"u8);
        Assert.Equal(65, await Run("inspect", file.Path, "--json"));
        Assert.Equal("NotAPdf", JsonDocument.Parse(_output.ToString()).RootElement.GetProperty("code").GetString());
        Assert.Contains("hint: ", _error.ToString(), StringComparison.Ordinal);
        Assert.Equal(66, await Run("inspect", file.Path + ".missing"));
    }

    [Fact]
    public async Task A_repaired_file_says_so()
    {
        string broken = System.Text.Encoding.Latin1.GetString(TestPdf.WithPages().ToBytes()).Replace("startxref", "startxxxx", StringComparison.Ordinal);
        using var file = new TemporaryFile(System.Text.Encoding.Latin1.GetBytes(broken));
        Assert.Equal(0, await Run("inspect", file.Path));
        Assert.Contains("damaged, read after repair: no startxref", _output.ToString(), StringComparison.Ordinal);
    }

    private Task<int> Run(params string[] arguments) => CliApplication.RunAsync(arguments, new CliContext(_output, _error, TimeProvider.System));
}
