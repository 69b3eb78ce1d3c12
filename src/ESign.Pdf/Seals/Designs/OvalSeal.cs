using ESign.Pdf.Fonts;
using ESign.Pdf.Seals.Drawing;

namespace ESign.Pdf.Seals.Designs;

/// <summary>An oval seal: the invoice seal with the taxpayer's number across the middle, or a finance or personnel seal.</summary>
/// <remarks>国家税务总局公告2011年第7号: invoice seal 40 × 30 mm, edge 1 mm, number in the middle, name above, 发票专用章 below.</remarks>
internal sealed record OvalSeal : SealDesign
{
    private readonly string _name;
    private readonly string _horizontalText;
    private readonly string? _number;
    private readonly string? _code;
    private readonly string? _bottomText;
    private readonly SealSize _size;

    public OvalSeal(string name, string horizontalText, string? number, string? code, string? bottomText, SealSize size)
    {
        _name = SealText.Name(name);
        _horizontalText = SealText.Require(horizontalText, 1, 15, "横向文 / horizontal text");
        _number = number;
        _code = SealText.Code(code);
        _bottomText = SealText.BottomText(bottomText);
        _size = SealText.Size(size, SealSize.Oval(40, 30), SealSize.Oval(45, 30));
    }

    internal override string AlternateText => $"{_name} {_number} {_horizontalText}".Replace("  ", " ", StringComparison.Ordinal);

    internal override VectorDrawing Draw(TrueTypeFont font)
    {
        double width = _size.WidthMillimeters;
        var canvas = new SealCanvas(width, _size.HeightMillimeters, Color, font);
        canvas.Ring(1);
        canvas.NameArc(_name, 1.8, 4.3, 2.4, _number is null ? 0.54 : 0.455);
        if (_number is not null)
        {
            canvas.Line(_number, -0.4, 3.4, width * 0.7, spacing: 0.05, narrow: 0.95);
            canvas.Line(_horizontalText, -7, 4.4, width * 0.55, spacing: 0.2);
            return canvas.ToDrawing();
        }

        canvas.Line(_horizontalText, -1.2, 4.6, width * 0.6, spacing: 0.2);
        if (_code is not null && _bottomText is not null)
        {
            canvas.Line(_bottomText, -6.4, 3, width * 0.5);
        }

        if ((_code ?? _bottomText) is { } arc)
        {
            canvas.BottomArc(arc, 1.7, _code is null ? 2.6 : 1.8, 0.25);
        }

        return canvas.ToDrawing();
    }
}
