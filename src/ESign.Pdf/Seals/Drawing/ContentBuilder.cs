using System.Globalization;
using System.IO.Compression;
using System.Text;
using ESign.Pdf.Objects;

namespace ESign.Pdf.Seals.Drawing;

/// <summary>Builds a content stream, operator by operator (ISO 32000-2 annex A).</summary>
internal sealed class ContentBuilder
{
    /// <summary>Below this the filter entry and zlib's header cost more than they save.</summary>
    private const int WorthDeflating = 160;

    private readonly StringBuilder _text = new();

    public ContentBuilder Save() => Operator("q");

    public ContentBuilder Restore() => Operator("Q");

    public ContentBuilder Transform(PdfMatrix m) => Number(m.A, 6).Number(m.B, 6).Number(m.C, 6).Number(m.D, 6).Number(m.E).Number(m.F).Operator("cm");

    public ContentBuilder GraphicsState(string name) => Name(name).Operator("gs");

    public ContentBuilder Draw(string xObject) => Name(xObject).Operator("Do");

    public ContentBuilder FillColor(SealColor color) => Color(color).Operator("rg");

    public ContentBuilder StrokeColor(SealColor color) => Color(color).Operator("RG");

    public ContentBuilder LineWidth(double width) => Number(width).Operator("w");

    public ContentBuilder RoundLines() => Number(1).Operator("J").Number(1).Operator("j");

    public ContentBuilder Rectangle(double x, double y, double width, double height) =>
        Number(x).Number(y).Number(width).Number(height).Operator("re");

    /// <summary>Clips to the current path without painting it.</summary>
    public ContentBuilder Clip(bool evenOdd = false) => Operator(evenOdd ? "W* n" : "W n");

    public ContentBuilder Fill(bool evenOdd = false) => Operator(evenOdd ? "f*" : "f");

    /// <summary>Adds operands or operators that are already in content stream syntax.</summary>
    public ContentBuilder Raw(string syntax)
    {
        _text.Append(syntax);
        return this;
    }

    public ContentBuilder Number(double value, int decimals = 3)
    {
        double rounded = Math.Round(value, decimals);
        _text.Append(rounded == 0 ? "0" : rounded.ToString("0.######", CultureInfo.InvariantCulture)).Append(' ');
        return this;
    }

    public ContentBuilder Name(string name)
    {
        _text.Append('/').Append(name).Append(' ');
        return this;
    }

    public ContentBuilder Operator(string name)
    {
        _text.Append(name).Append('\n');
        return this;
    }

    /// <summary>A hexadecimal string operand.</summary>
    public ContentBuilder Hex(ReadOnlySpan<byte> bytes)
    {
        _text.Append('<').Append(Convert.ToHexString(bytes)).Append('>').Append(' ');
        return this;
    }

    /// <summary>A path whose coordinates are rounded to whole units.</summary>
    public ContentBuilder Path(VectorPath path)
    {
        foreach (PathSegment s in path.Segments)
        {
            _ = s.Verb switch
            {
                PathVerb.Move => Point(s.End).Operator("m"),
                PathVerb.Line => Point(s.End).Operator("l"),
                PathVerb.Curve => Point(s.Control1).Point(s.Control2).Point(s.End).Operator("c"),
                _ => Operator("h"),
            };
        }

        return this;
    }

    public ContentBuilder Paint(PaintedPath painted)
    {
        if (painted.StrokeWidth > 0)
        {
            Number(painted.StrokeWidth, 1).Operator("w");
        }

        return Path(painted.Path).Operator((painted.IsFilled, painted.StrokeWidth > 0, painted.EvenOdd) switch
        {
            (true, false, false) => "f",
            (true, false, true) => "f*",
            (true, true, false) => "B",
            (true, true, true) => "B*",
            _ => "S",
        });
    }

    /// <summary>The content as a stream with the given dictionary; Flate-coded where that saves anything.</summary>
    public PdfStream ToStream(PdfDictionary dictionary)
    {
        byte[] content = Encoding.Latin1.GetBytes(_text.ToString());
        return content.Length < WorthDeflating
            ? new PdfStream(dictionary, content)
            : new PdfStream(dictionary.With("Filter", new PdfName("FlateDecode")), Deflate(content));
    }

    public override string ToString() => _text.ToString();

    /// <summary>Compresses bytes for <c>/FlateDecode</c>.</summary>
    public static byte[] Deflate(ReadOnlySpan<byte> bytes)
    {
        using var buffer = new MemoryStream();
        using (var zlib = new ZLibStream(buffer, CompressionLevel.SmallestSize))
        {
            zlib.Write(bytes);
        }

        return buffer.ToArray();
    }

    private ContentBuilder Point(PdfPoint point) => Number(point.X, 0).Number(point.Y, 0);

    private ContentBuilder Color(SealColor color) => Number(color.Red / 255d).Number(color.Green / 255d).Number(color.Blue / 255d);
}
