using System.Text.Json;
using ESign.Pdf.Document;
using ESign.Pdf.Objects;
using ESign.Pdf.Seals;
using ESign.Pdf.Seals.Images;
using ESign.Pdf.Signing;
using ESign.Pdf.Tests.LongTerm;
using ESign.Testing;
using ESign.Testing.PdfBuilder;

namespace ESign.Pdf.Tests.Signing;

/// <summary>Archive files stay archive files whatever is put on them (ISO 19005-1, -2, -3).</summary>
public sealed class ArchiveSigningTests
{
    private static readonly byte[] HalfTransparent = PngWriter.Write(new RasterImage(2, 2, [255, 0, 0, 0, 0, 255, 255, 0, 0, 0, 0, 255], [255, 40, 200, 255]));

    /// <summary>Every part with an output intent for RGB, for CMYK, and with none.</summary>
    public static TheoryData<string, int> Files
    {
        get
        {
            var files = new TheoryData<string, int>();
            foreach (string part in (string[])["1", "2", "3"])
            {
                foreach (int components in (int[])[3, 4, 0])
                {
                    files.Add(part, components);
                }
            }

            return files;
        }
    }

    private static Dictionary<string, Seal> Seals => new()
    {
        ["official seal"] = Seal.Draw(SealDesign.Official("深圳示例科技有限公司", "4403000000001") with { Opacity = 0.7 }),
        ["worn seal"] = Seal.Draw(SealDesign.Invoice("深圳示例科技有限公司", "91350100M000100Y43").Aged(seed: 1, level: 6) with { Opacity = 0.5 }),
        ["handwriting"] = Seal.Draw(SealDesign.Handwritten([[new(0, 0), new(10, 10), new(20, 5)]]) with { Opacity = 0.9 }),
        ["text"] = Seal.Draw(SealDesign.SignatureText("签署人：张三", "日期：2026-01-09") with { Opacity = 0.6 }),
        ["date"] = Seal.Draw(SealDesign.Date(new DateOnly(2026, 1, 9), format: new TextFormat { Bold = true })),
        ["remark"] = Seal.Draw(SealDesign.Remark("同意，按合同约定执行。")),
        ["QR code"] = Seal.Draw(SealDesign.QrCode("https://esign.example/v/1") with { Opacity = 0.8 }),
        ["image"] = Seal.FromImage(HalfTransparent, new SealImageOptions { Opacity = 0.7, AlternateText = "印" }),
        ["image on white"] = Seal.FromImage(HalfTransparent, new SealImageOptions { WhiteToTransparent = true }),
    };

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Whatever_is_signed_with_keeps_the_clauses(string part, int components)
    {
        byte[] original = Archive(part, components);
        foreach ((string name, Seal seal) in Seals)
        {
            byte[] signed = await SignatureTrapTests.SignAsync(original, new SignatureOptions
            {
                Seal = seal.Place(SealPlacement.At(1, 100, 100)),
                Stamps = [seal.Place(SealPlacement.AcrossPages(PageEdge.Right))],
            });
            Assert.True(ArchiveRules.Faults(original, signed) is [], $"{name}: {string.Join("; ", ArchiveRules.Faults(original, signed))}");
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Whatever_is_printed_before_signing_keeps_the_clauses(string part, int components)
    {
        byte[] original = Archive(part, components);
        SealPlacement At(double y) => SealPlacement.At(1, 60, y, 200, 40);
        var plan = new SigningPlan
        {
            Parties = [new SigningParty { Name = "甲方", Seal = Seals["text"].Place(SealPlacement.At(1, 300, 600)) }],
            FillControls =
            [
                FillControl.Text(At(60), "甲方", new TextFormat { Color = new SealColor(0, 0, 200), Bold = true }),
                FillControl.MultiLineText(At(100), "第一行\n第二行"),
                FillControl.CheckBox(At(200), true),
                FillControl.Selector(At(240), "选项"),
                FillControl.Date(At(280), new DateOnly(2026, 1, 9)),
                FillControl.Image(At(320), HalfTransparent),
                FillControl.Watermark("样本", opacity: 0.4),
            ],
            Marks = [Seals["official seal"].Place(SealPlacement.At(2, 100, 100))],
        };
        var output = new MemoryStream();
        await plan.WriteAsync(new MemoryStream(original), output, TestContext.Current.CancellationToken);
        byte[] planned = output.ToArray();
        Assert.Empty(ArchiveRules.Faults(original, planned));
        byte[] signed = await SignatureTrapTests.SignAsync(planned, plan.OptionsFor("甲方"));
        Assert.Empty(ArchiveRules.Faults(original, signed));
    }

    [Fact]
    public async Task Long_term_data_keeps_the_clauses()
    {
        TestPki pki = await TestPki.SharedAsync();
        byte[] original = Archive("2", 3);
        byte[] signed = await SignatureTrapTests.SignAsync(original, new SignatureOptions { Level = PadesLevel.LTA(pki.Timestamps, await TestRevocation.ListsAsync(pki)) });
        Assert.Empty(ArchiveRules.Faults(original, signed));
    }

    /// <summary>Nothing can stand for a printer's inks but its profile: a picture in CMYK is refused, unless the file is meant for CMYK.</summary>
    [Theory]
    [InlineData(3, true)]
    [InlineData(0, true)]
    [InlineData(4, false)]
    public async Task A_picture_in_CMYK_needs_an_output_intent_for_it(int components, bool isRefused)
    {
        using var folder = new TemporaryFolder();
        string jpeg = folder.PathTo("cmyk.jpg");
        Tool made = Tool.Run("convert", "-size", "8x8", "xc:red", "-colorspace", "CMYK", jpeg);
        Assert.True(made.ExitCode == 0, made.Error);
        Seal picture = Seal.FromImage(await File.ReadAllBytesAsync(jpeg, TestContext.Current.CancellationToken));
        byte[] original = Archive("2", components);
        var options = new SignatureOptions { Seal = picture.Place(SealPlacement.At(1, 100, 100)) };
        if (isRefused)
        {
            SealImageException refused = await Assert.ThrowsAsync<SealImageException>(() => SignatureTrapTests.SignAsync(original, options));
            Assert.Equal(SealImageError.UnsupportedFormat, refused.Code);
            return;
        }

        Assert.Empty(ArchiveRules.Faults(original, await SignatureTrapTests.SignAsync(original, options)));
    }

    [Fact]
    public async Task The_checker_sees_what_is_forbidden()
    {
        byte[] plain = TestPdf.WithPages().ToBytes();
        byte[] signed = await SignatureTrapTests.SignAsync(plain, new SignatureOptions { Seal = Seals["official seal"].Place(SealPlacement.At(1, 100, 100)) });
        IReadOnlyList<string> faults = ArchiveRules.Faults(plain, signed);
        Assert.Contains(faults, fault => fault.Contains("translucent", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.Contains("DeviceRGB", StringComparison.Ordinal));
    }

    /// <summary>Corpus files have faults of their own; what is checked is what was appended.</summary>
    [Fact]
    public async Task Archive_files_of_the_corpus_keep_the_clauses()
    {
        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllBytes(SharedData.Require("corpus", "manifest.json")));
        int files = 0;
        foreach (JsonElement record in manifest.RootElement.GetProperty("files").EnumerateArray().Where(record => record.GetProperty("category").GetString() == "to-sign"))
        {
            byte[] original = await File.ReadAllBytesAsync(SharedData.Require("corpus", record.GetProperty("file").GetString()!));
            if (!IsArchive(original))
            {
                continue;
            }

            foreach ((string name, Seal seal) in Seals)
            {
                byte[] signed = await SignatureTrapTests.SignAsync(original, new SignatureOptions { Seal = seal.Place(SealPlacement.At(1, 20, 20, 60, 60)) });
                Assert.True(ArchiveRules.Faults(original, signed) is [], $"{record.GetProperty("file").GetString()}, {name}: {string.Join("; ", ArchiveRules.Faults(original, signed))}");
            }

            files++;
        }

        Assert.True(files >= 4, $"{files} archive files");
    }

    private static bool IsArchive(byte[] pdf)
    {
        try
        {
            using PdfDocument document = PdfDocument.Open(pdf);
            return DocumentConformance.PdfAPart(document) is not null && !document.WasRepaired;
        }
        catch (PdfFormatException)
        {
            return false;
        }
    }

    private static byte[] Archive(string part, int components)
    {
        string intents = components == 0 ? "" : "/OutputIntents[31 0 R]";
        return TestPdf.WithPages(pages: 2, catalog: $"/Metadata 30 0 R{intents}")
            .Stream(30, "/Type/Metadata/Subtype/XML", $"<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><pdfaid:part>{part}</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance></x:xmpmeta>")
            .Object(31, "<</Type/OutputIntent/S/GTS_PDFA1/DestOutputProfile 32 0 R>>")
            .Stream(32, $"/N {components}", "profile")
            .EndRevision(XrefStyle.Table, "/Root 1 0 R").ToBytes();
    }
}
