using System.Globalization;
using System.Text;
using System.Text.Json;
using ESign.Testing.PdfBuilder;

namespace ESign.Cli.Tests.Commands;

/// <summary><c>esign locate</c>: its output and its exit codes.</summary>
public sealed class LocateCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("esign-locate-").FullName;
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Occurrences_are_printed_as_a_JSON_array()
    {
        Assert.Equal(0, await Run("locate", OnePage(), "--keyword", "Seal"));
        JsonElement match = Assert.Single(JsonDocument.Parse(_output.ToString()).RootElement.EnumerateArray());
        Assert.Equal(1, match.GetProperty("page").GetInt32());
        Assert.Equal("Seal", match.GetProperty("text").GetString());
        JsonElement displayed = match.GetProperty("displayed");
        Assert.Equal([100.0, 131.0], [displayed.GetProperty("x").GetDouble(), displayed.GetProperty("y").GetDouble()]);
        Assert.Equal([100.0, 57.9, 120.01, 69.0], match.GetProperty("userSpace").EnumerateArray().Select(n => n.GetDouble()));
    }

    [Fact]
    public async Task A_missing_keyword_is_67_with_the_message_people_know()
    {
        Assert.Equal(67, await Run("locate", OnePage(), "--keyword", "甲方", "--json"));
        Assert.Contains("esign: 在这个 PDF 中没有搜索到[甲方]，请确认这个字符串是否存在", _error.ToString(), StringComparison.Ordinal);
        Assert.Contains("hint: ", _error.ToString(), StringComparison.Ordinal);
        JsonElement error = JsonDocument.Parse(_output.ToString()).RootElement;
        Assert.Equal("KeywordNotFound", error.GetProperty("code").GetString());
        Assert.NotEmpty(error.GetProperty("message").GetString()!);
        Assert.NotEmpty(error.GetProperty("hint").GetString()!);
    }

    [Fact]
    public async Task Another_page_is_not_searched()
    {
        Assert.Equal(0, await Run("locate", OnePage(), "--keyword", "Seal", "--page", "-1"));
        Assert.Equal(67, await Run("locate", OnePage(), "--keyword", "Seal", "--page", "2"));
    }

    [Fact]
    public async Task A_field_is_where_it_is_shown_and_67_where_it_is_not()
    {
        string path = Path.Combine(_folder, "form.pdf");
        File.WriteAllBytes(path, TestPdf.WithPages(catalog: "/AcroForm<</Fields[30 0 R 31 0 R]>>", page: "/Annots[30 0 R]")
            .Object(30, "<</Subtype/Widget/FT/Sig/T(shown)/Rect[100 100 200 160]>>")
            .Object(31, "<</Subtype/Widget/FT/Sig/T(hidden)/Rect[100 100 200 160]>>").EndRevision(XrefStyle.Table, "/Root 1 0 R").ToBytes());
        Assert.Equal(0, await Run("locate", path, "--field", "shown"));
        JsonElement field = Assert.Single(JsonDocument.Parse(_output.ToString()).RootElement.EnumerateArray());
        Assert.Equal(("shown", 1, 60.0), (field.GetProperty("field").GetString(), field.GetProperty("page").GetInt32(), field.GetProperty("displayed").GetProperty("height").GetDouble()));
        Assert.Equal([100.0, 100.0, 200.0, 160.0], field.GetProperty("userSpace").EnumerateArray().Select(n => n.GetDouble()));
        Assert.Equal(67, await Run("locate", path, "--field", "hidden"));
        Assert.Contains("No page shows the field \"hidden\"", _error.ToString(), StringComparison.Ordinal);
        Assert.Equal(67, await Run("locate", path, "--field", "absent"));
        Assert.Equal(64, await Run("locate", path, "--field", "shown", "--keyword", "Seal"));
        Assert.Equal(64, await Run("locate", path, "--field", "shown", "--page", "1"));
        Assert.Equal(64, await Run("locate", path));
    }

    [Fact]
    public async Task A_file_that_is_no_PDF_is_65()
    {
        string path = Path.Combine(_folder, "text.pdf");
        File.WriteAllText(path, "hello");
        Assert.Equal(65, await Run("locate", path, "--keyword", "Seal"));
    }

    [Fact]
    public async Task A_missing_file_is_66() => Assert.Equal(66, await Run("locate", Path.Combine(_folder, "absent.pdf"), "--keyword", "Seal"));

    [Fact]
    public async Task A_wrong_command_line_is_64()
    {
        Assert.Equal(64, await Run("locate", OnePage()));
        Assert.Equal(64, await Run("locate", OnePage(), "--keyword", " "));
    }

    private Task<int> Run(params string[] arguments) => CliApplication.RunAsync(arguments, new CliContext(_output, _error, TimeProvider.System));

    /// <summary>A page of 200 × 200 with "Seal" in Helvetica 10 at (100, 60).</summary>
    private string OnePage()
    {
        const string Content = "BT /F1 10 Tf 100 60 Td (Seal) Tj ET";
        string[] objects =
        [
            "<</Type/Catalog/Pages 2 0 R>>",
            "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
            $"<</Length {Content.Length}>>\nstream\n{Content}\nendstream",
            "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        ];
        var pdf = new StringBuilder("%PDF-1.7\n");
        var offsets = new List<int>();
        for (int i = 0; i < objects.Length; i++)
        {
            offsets.Add(pdf.Length);
            pdf.Append(CultureInfo.InvariantCulture, $"{i + 1} 0 obj\n{objects[i]}\nendobj\n");
        }

        int start = pdf.Length;
        pdf.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Length + 1}\n0000000000 65535 f \n");
        offsets.ForEach(o => pdf.Append(CultureInfo.InvariantCulture, $"{o:D10} 00000 n \n"));
        pdf.Append(CultureInfo.InvariantCulture, $"trailer\n<</Size {objects.Length + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n");
        string path = Path.Combine(_folder, "page.pdf");
        File.WriteAllText(path, pdf.ToString(), Encoding.Latin1);
        return path;
    }
}
