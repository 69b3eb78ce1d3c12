using System.Collections.Frozen;
using System.Globalization;

namespace ESign.Pdf.Content.Decoding;

/// <summary>The widths of the standard 14 fonts, for fonts that bring none of their own.</summary>
/// <remarks>ISO 32000-2 §9.6.2.2. A font of any other name gets the metrics of the standard face most like it.</remarks>
internal sealed class StandardFontMetrics
{
    private const double FixedPitchWidth = 0.6;
    private const double DingbatWidth = 0.788;
    private const double UnknownWidth = 0.5;

    private static readonly Lazy<Tables> Loaded = new(Load);

    private readonly FrozenDictionary<int, double>? _widths;
    private readonly double _default;

    private StandardFontMetrics(FrozenDictionary<int, double>? widths, double @default, FontExtent extent, string? builtInEncoding = null)
    {
        _widths = widths;
        _default = @default;
        Extent = extent;
        BuiltInEncoding = builtInEncoding;
    }

    public FontExtent Extent { get; }

    /// <summary>The encoding of Symbol, which is its own; <see langword="null"/> for the text faces.</summary>
    public string? BuiltInEncoding { get; }

    public double WidthOf(string text) =>
        _widths is not null && text.Length > 0 && _widths.TryGetValue(char.IsSurrogate(text[0]) ? 0 : text[0], out double width) ? width : _default;

    /// <summary>The metrics for a <c>/BaseFont</c>, with or without subset prefix and style suffix.</summary>
    public static StandardFontMetrics For(string baseFont)
    {
        bool Has(string part) => baseFont.Contains(part, StringComparison.OrdinalIgnoreCase);
        Tables tables = Loaded.Value;
        bool isBold = Has("Bold") || Has("Black") || Has("Heavy");
        bool isItalic = Has("Italic") || Has("Oblique");
        if (Has("Courier") || Has("Mono") || Has("Consolas"))
        {
            return new StandardFontMetrics(null, FixedPitchWidth, new FontExtent(0.75, -0.2));
        }

        if (Has("Dingbats"))
        {
            return new StandardFontMetrics(null, DingbatWidth, new FontExtent(0.82, -0.14));
        }

        if (Has("Symbol"))
        {
            return new StandardFontMetrics(tables.Symbol, UnknownWidth, new FontExtent(0.85, -0.22), tables.SymbolEncoding);
        }

        bool isSerif = Has("Times") || Has("Serif") || Has("Roman") || Has("Georgia") || Has("Garamond");
        int face = isSerif ? 2 + (isBold ? 1 : 0) + (isItalic ? 2 : 0) : isBold ? 1 : 0;
        return new StandardFontMetrics(tables.Latin[face], UnknownWidth, isSerif ? new FontExtent(0.89, -0.22) : new FontExtent(0.9, -0.21));
    }

    /// <summary>Rows of "code width width …": Helvetica, its bold, then Times in four styles; after the heading Symbol, "code Unicode width".</summary>
    private static Tables Load()
    {
        const int Faces = 6;
        var latin = new Dictionary<int, double>[Faces];
        for (int face = 0; face < Faces; face++)
        {
            latin[face] = [];
        }

        var symbol = new Dictionary<int, double>();
        char[] symbolEncoding = new char[256];
        bool isSymbol = false;
        foreach (string line in EmbeddedTable.ReadLines("widths.txt"))
        {
            if (line.StartsWith('#'))
            {
                isSymbol = line.Contains("Symbol", StringComparison.Ordinal);
                continue;
            }

            string[] cells = line.Split(' ');
            int code = int.Parse(cells[0], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            if (isSymbol)
            {
                int value = int.Parse(cells[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
                symbolEncoding[code] = (char)value;
                symbol[value] = Thousandths(cells[2]);
                continue;
            }

            for (int face = 0; face < Faces; face++)
            {
                latin[face][code] = Thousandths(cells[face + 1]);
            }
        }

        return new Tables([.. latin.Select(t => t.ToFrozenDictionary())], symbol.ToFrozenDictionary(), new string(symbolEncoding));
    }

    private static double Thousandths(string cell) => int.Parse(cell, CultureInfo.InvariantCulture) / 1000.0;

    private sealed record Tables(FrozenDictionary<int, double>[] Latin, FrozenDictionary<int, double> Symbol, string SymbolEncoding);
}
