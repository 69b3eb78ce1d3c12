using System.Xml.Linq;
using ESign.Pdf.Fonts;
using ESign.Pdf.Seals;
using ESign.Pdf.Seals.Drawing;
using ESign.Testing;

namespace ESign.Pdf.Tests.Seals;

/// <summary>国发〔1999〕25号 and the sizes of seal makers. The approved SVGs were looked at by eye.</summary>
public sealed class SealDesignTests
{
    private const string Code = "4403000000001";
    private const string CreditCode = "91350100M000100Y43";
    private const string LongName = "内蒙古自治区呼伦贝尔市鄂伦春自治旗示例农牧业生产资料综合开发经营有限责任公司乌鲁";

    [Fact]
    public void Official() => Approve(SealDesign.Official("示例公司", Code));

    [Fact]
    public void Contract() => Approve(SealDesign.Contract("示例公司", Code, bottomText: "(1)"));

    [Fact]
    public void Invoice() => Approve(SealDesign.Invoice("示例公司", CreditCode));

    [Fact]
    public void Legal_person() => Approve(SealDesign.LegalPerson("张三", CreditCode));

    [Fact]
    public void Personal_name() => Approve(SealDesign.PersonalName("王小明", new SealSize(20, 10)));

    [Fact]
    public void Written_name() => Approve(SealDesign.WrittenName("张三"));

    [Fact]
    public void Qr_code() => Approve(SealDesign.QrCode("https://example.com/v/12345678901"));

    [Fact]
    public void Handwritten() => Approve(SealDesign.Handwritten(
    [
        [new(0, 20), new(20, 0), new(40, 25), new(60, 5), new(80, 22)],
        [new(30, 40, Pressure: 0.1), new(60, 38, Pressure: 0.9), new(95, 42, Pressure: 0.2)],
        [new(110, 12)],
    ]));

    [Fact]
    public void An_aged_seal_is_always_the_same()
    {
        SealDesign design = SealDesign.Official("示例公司").Aged(7, 6) with { Opacity = 0.8 };
        string svg = Seal.Draw(design).ToSvg();
        Assert.Equal(svg, Seal.Draw(design).ToSvg());
        Assert.NotEqual(svg, Seal.Draw(design.Aged(8, 6)).ToSvg());
        Assert.Contains("opacity=\"0.8\"", svg, StringComparison.Ordinal);
        Assert.Contains("clip-rule=\"evenodd\"", svg, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(38)]
    [InlineData(40)]
    [InlineData(42)]
    [InlineData(45)]
    [InlineData(50)]
    [InlineData(58)]
    public void A_round_seal_has_its_physical_size(double diameter)
    {
        Seal seal = Seal.Draw(SealDesign.Official("示例公司", size: SealSize.Round(diameter)));
        Assert.Equal(diameter, seal.Size.WidthMillimeters, 0.0001);
        Assert.Equal(diameter, seal.Size.HeightMillimeters, 0.0001);
        Assert.Contains($"width=\"{diameter}mm\"", seal.ToSvg(), StringComparison.Ordinal);
    }

    /// <summary>Every character of the arc stays inside the ring, apart from its neighbours, and broad enough to be read.</summary>
    [Theory]
    [InlineData(4, 3.5)]
    [InlineData(8, 3.5)]
    [InlineData(16, 3)]
    [InlineData(25, 2.2)]
    [InlineData(40, 1.5)]
    public void The_name_stays_legible(int length, double leastWidth)
    {
        string name = LongName[..length];
        VectorDrawing drawing = SealDesign.Official(name, Code).DrawFinished(BundledFont.Regular);
        IReadOnlyList<PaintedPath> characters = [.. drawing.Paths.Skip(1).Take(length)]; // after the ring come the name, the star, the code
        double radius = drawing.Width / 2;
        double ring = Length.FromMillimeters(1.2).Points;
        var angles = new List<double>();
        foreach (PaintedPath character in characters)
        {
            foreach (PathSegment s in character.Path.Segments.Where(s => s.Verb != PathVerb.Close))
            {
                Assert.True(Distance(s.End) + (character.StrokeWidth / 2) < radius - ring, "a character touches the ring");
            }

            PdfRectangle box = character.Path.Bounds();
            angles.Add(Math.Atan2(((box.Left + box.Right) / 2) - radius, ((box.Bottom + box.Top) / 2) - radius));
        }

        double[] steps = [.. angles.Skip(1).Zip(angles, (b, a) => b - a)];
        Assert.All(steps, s => Assert.InRange(s, steps.Average() * 0.6, steps.Average() * 1.4));
        Assert.InRange(angles[0] + angles[^1], -0.12, 0.12); // as far on the left as on the right
        double middle = Distance(Centre(characters[length / 2].Path.Bounds()));
        Assert.True(steps.Average() * middle > Length.FromMillimeters(leastWidth).Points * 0.9, "characters are too narrow");

        double Distance(PdfPoint p) => Math.Sqrt(Math.Pow(p.X - radius, 2) + Math.Pow(p.Y - radius, 2));
    }

    [Fact]
    public void Brackets_become_the_full_width_ones_of_registered_names() =>
        Assert.Equal("示例（深圳）有限公司 公章", Seal.Draw(SealDesign.Official("示例(深圳)有限公司")).AlternateText);

    [Theory]
    [InlineData("53")]
    [InlineData("n2")]
    public void A_legal_persons_seal_needs_a_permitted_kind_of_organisation(string prefix) =>
        Assert.NotNull(SealDesign.LegalPerson("张三", prefix + "350100M000100Y43"[..16]));

    [Theory]
    [InlineData("11")]
    [InlineData("92")]
    [InlineData("A1")]
    public void A_legal_persons_seal_is_refused_to_others(string prefix)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => SealDesign.LegalPerson("张三", prefix + "350100M000100Y43"));
        Assert.StartsWith("暂不支持创建法定代表人章", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_seal_cannot_have_is_refused()
    {
        Assert.Throws<ArgumentException>(() => SealDesign.Official("示"));
        Assert.Throws<ArgumentException>(() => SealDesign.Official(LongName + "布"));
        Assert.Throws<ArgumentException>(() => SealDesign.Official("示例公司", "440300000001"));
        Assert.Throws<ArgumentException>(() => SealDesign.Official("示例公司", size: SealSize.Oval(40, 30)));
        Assert.Throws<ArgumentException>(() => SealDesign.Contract("示例公司", size: SealSize.Round(41)));
        Assert.Throws<ArgumentException>(() => SealDesign.Contract("示例公司", horizontalText: new string('章', 16)));
        Assert.Throws<ArgumentException>(() => SealDesign.Invoice("示例公司", CreditCode, SealSize.Round(42)));
        Assert.Throws<ArgumentException>(() => SealDesign.PersonalName("张三", suffix: "章"));
        Assert.Throws<ArgumentException>(() => SealDesign.Official("示例\u0007公司"));
        Assert.Throws<MissingGlyphException>(() => Seal.Draw(SealDesign.Official("示例🐉公司")));
        Assert.Throws<ArgumentException>(() => SealDesign.Handwritten([]));
        Assert.Throws<ArgumentException>(() => SealDesign.Handwritten([[new(double.NaN, 0)]]));
        Assert.Throws<ArgumentOutOfRangeException>(() => SealDesign.Official("示例公司") with { Opacity = 0.1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => SealDesign.Official("示例公司").Aged(1, 13));
    }

    /// <summary>A seal is shared by threads and documents; what it writes never differs.</summary>
    [Fact]
    public void A_seal_writes_the_same_bytes_into_every_document_at_once()
    {
        Seal[] seals =
        [
            Seal.Draw(SealDesign.Official("示例公司", Code) with { Opacity = 0.7 }),
            Seal.Draw(SealDesign.Date(new DateOnly(2026, 1, 9))),
            Seal.FromImage(ESign.Pdf.Seals.Images.PngWriter.Write(new(2, 1, [255, 0, 0, 0, 0, 255], [255, 9]))),
        ];
        foreach (Seal seal in seals)
        {
            byte[][] written = new byte[16][];
            Parallel.For(0, written.Length, i => written[i] = RenderedPage.Document(seal));
            Assert.All(written, bytes => Assert.Equal(written[0], bytes));
        }
    }

    /// <summary>Witnesses: qpdf finds no fault in the PDF, poppler and MuPDF show a red ring of 42 mm.</summary>
    [Fact]
    public void The_pdf_form_is_sound_and_shows_the_seal()
    {
        byte[] pdf = RenderedPage.Document(Seal.Draw(SealDesign.Official("深圳示例科技有限公司", Code).Aged(1) with { Opacity = 0.8 }));
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(file, pdf);
            Tool check = Tool.Run("qpdf", "--check", file);
            Assert.True(check.ExitCode == 0, check.Output + check.Error);
            Tool info = Tool.Run("mutool", "draw", "-F", "trace", file);
            Assert.DoesNotContain("error", info.Error, StringComparison.OrdinalIgnoreCase);
        }
        finally
        {
            File.Delete(file);
        }

        RenderedPage page = RenderedPage.Render(pdf, dotsPerInch: 200)[0];
        (int left, int top, int right, int bottom) = page.InkBox()!.Value;
        Assert.InRange(right - left, 328, 332); // 42 mm at 200 dpi is 330.7
        Assert.InRange(bottom - top, 328, 332);
    }

    private static PdfPoint Centre(PdfRectangle box) => new((box.Left + box.Right) / 2, (box.Bottom + box.Top) / 2);

    private static void Approve(SealDesign design, [System.Runtime.CompilerServices.CallerMemberName] string test = "")
    {
        string svg = Seal.Draw(design).ToSvg();
        Assert.Equal("svg", XDocument.Parse(svg).Root!.Name.LocalName);
        Approval.Verify(svg, "svg", suffix: null, test: test);
    }
}
