using System.Text.Json;
using ESign.Cli;

namespace ESign.Cli.Tests.Commands;

/// <summary><c>esign seal</c>: files, messages and exit codes.</summary>
public sealed class SealCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("esign-seal");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("official", "--name", "深圳示例科技有限公司", "--code", "4403000000001")]
    [InlineData("official", "--name", "示例公司", "--bottom", "电子签名专用")]
    [InlineData("contract", "--name", "示例公司", "--size", "58", "--bottom", "(1)")]
    [InlineData("finance", "--name", "示例公司", "--size", "45x30", "--ageing", "5")]
    [InlineData("personnel", "--name", "示例公司", "--text", "人力资源专用章", "--opacity", "0.7")]
    [InlineData("invoice", "--name", "示例公司", "--code", "91350100M000100Y43")]
    [InlineData("legal-person", "--name", "张三", "--code", "91350100M000100Y43", "--suffix", "印")]
    [InlineData("personal", "--name", "张三", "--color", "#cc0000")]
    [InlineData("signature", "--name", "张三", "--color", "blue")]
    [InlineData("text", "--text", "签署人：张三")]
    [InlineData("date", "--text", "2026-11-20")]
    [InlineData("qr", "--text", "https://example.com/verify")]
    public async Task Every_design_is_drawn_in_both_forms(params string[] arguments)
    {
        foreach (string extension in new[] { "svg", "pdf" })
        {
            string file = Path.Combine(_folder.FullName, "seal." + extension);
            (int exit, _, string error) = await Run(["seal", .. arguments, "--out", file]);
            Assert.Equal((0, ""), (exit, error));
            Assert.StartsWith(extension == "svg" ? "<svg" : "%PDF-", File.ReadAllText(file), StringComparison.Ordinal);
        }

        Assert.Equal(2, _folder.GetFiles().Length);
    }

    [Fact]
    public async Task Json_tells_what_was_drawn()
    {
        string file = Path.Combine(_folder.FullName, "seal.svg");
        (_, string output, _) = await Run("seal", "official", "--name", "示例(深圳)公司", "--out", file, "--json");
        JsonElement json = JsonDocument.Parse(output).RootElement;
        Assert.Equal("示例（深圳）公司 公章", json.GetProperty("text").GetString());
        Assert.Equal(42, json.GetProperty("widthMillimeters").GetDouble());
    }

    [Theory]
    [InlineData(64, "InvalidSeal", "official")]
    [InlineData(64, "InvalidSeal", "square", "--name", "示例公司")]
    [InlineData(64, "InvalidSeal", "official", "--name", "示例公司", "--size", "41")]
    [InlineData(64, "InvalidSeal", "official", "--name", "示例公司", "--color", "pink")]
    [InlineData(64, "InvalidSeal", "legal-person", "--name", "张三", "--code", "11350100M000100Y43")]
    [InlineData(64, "InvalidSeal", "official", "--name", "示例公司", "--suffix", "印")]
    [InlineData(64, "InvalidSeal", "official", "--name", "示例公司", "--code", "4403000000001", "--bottom", "电子签名")]
    [InlineData(64, "InvalidSeal", "personal", "--name", "张三", "--bottom", "电子签名")]
    [InlineData(64, "MissingGlyph", "official", "--name", "示例🐉公司")]
    public async Task What_cannot_be_drawn_is_told_with_a_hint(int exitCode, string code, params string[] arguments)
    {
        string file = Path.Combine(_folder.FullName, "seal.svg");
        (int exit, string output, string error) = await Run(["seal", .. arguments, "--out", file, "--json"]);
        Assert.Equal(exitCode, exit);
        Assert.Equal(code, JsonDocument.Parse(output).RootElement.GetProperty("code").GetString());
        Assert.StartsWith("esign: ", error, StringComparison.Ordinal);
        Assert.Contains("hint: ", error, StringComparison.Ordinal);
        Assert.False(File.Exists(file));
    }

    [Fact]
    public async Task Wrong_files_have_their_own_exit_codes()
    {
        string broken = Path.Combine(_folder.FullName, "broken.png");
        File.WriteAllText(broken, "no image");
        string output = Path.Combine(_folder.FullName, "seal.pdf");
        Assert.Equal(65, (await Run("seal", "image", "--image", broken, "--out", output)).Exit);
        Assert.Equal(66, (await Run("seal", "image", "--image", broken + "x", "--out", output)).Exit);
        Assert.Equal(64, (await Run("seal", "signature", "--name", "张三", "--out", output + ".gif")).Exit);
        Assert.Equal(73, (await Run("seal", "signature", "--name", "张三", "--out", Path.Combine(_folder.FullName, "none", "seal.pdf"))).Exit);
        Assert.Equal(73, (await Run("seal", "signature", "--name", "张三", "--out", "/dev/none.svg")).Exit);
    }

    private static async Task<(int Exit, string Output, string Error)> Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        int exit = await CliApplication.RunAsync(arguments, new CliContext(output, error, TimeProvider.System));
        return (exit, output.ToString(), error.ToString());
    }
}
